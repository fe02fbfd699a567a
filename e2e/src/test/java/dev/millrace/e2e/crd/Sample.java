package dev.millrace.e2e.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A sample of the CRDs, read by the rules of crds/src/main/samples/README.md.
 *
 * @param name file name without its ending
 * @param expects refusals it must get
 * @param documents the last one is judged, those before it exist already
 */
record Sample(String name, List<String> expects, List<ObjectNode> documents) {
  private static final Path ROOT =
      Path.of(System.getProperty("millrace.root"), "crds/src/main/samples");
  private static final Pattern TIMES = Pattern.compile("<(\\d+) times (\\w)>");

  /** All samples of a folder, by name. */
  static List<Sample> folder(String folder) {
    try (var files = Files.list(ROOT.resolve(folder))) {
      return files.sorted().map(Sample::read).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(folder + " cannot be read", unreadable);
    }
  }

  /** One of the valid samples. */
  static Sample valid(String name) {
    return read(ROOT.resolve("valid").resolve(name + ".yaml"));
  }

  ObjectNode judged() {
    return documents.get(documents.size() - 1);
  }

  List<ObjectNode> before() {
    return documents.subList(0, documents.size() - 1);
  }

  @Override
  public String toString() {
    return name;
  }

  /** With {@code <1000 times x>} written out. */
  private static String expanded(Path file) throws IOException {
    return TIMES
        .matcher(Files.readString(file))
        .replaceAll(times -> times.group(2).repeat(Integer.parseInt(times.group(1))));
  }

  private static Sample read(Path file) {
    try {
      var expects =
          Files.readAllLines(file).stream()
              .filter(line -> line.startsWith("# expects: "))
              .map(line -> line.substring("# expects: ".length()))
              .toList();
      try (var documents =
          new YAMLMapper().readerFor(JsonNode.class).<ObjectNode>readValues(expanded(file))) {
        String name = file.getFileName().toString().replace(".yaml", "");
        return new Sample(name, expects, documents.readAll());
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
  }
}
