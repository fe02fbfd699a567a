package dev.millrace.crds.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file of samples/, read by the rules of its README.
 *
 * @param name file name without its ending
 * @param expects refusals it must get
 * @param notices warnings it must get
 * @param documents the last one is judged, those before it exist already
 */
public record Sample(
    String name, List<String> expects, List<String> notices, List<JsonNode> documents) {
  private static final Path ROOT = Path.of("src/main/samples");
  private static final Pattern TIMES = Pattern.compile("<(\\d+) times (\\w)>");

  /** All samples of a folder, by name. */
  public static List<Sample> folder(String folder) {
    try (var files = Files.list(ROOT.resolve(folder))) {
      return files.sorted().map(Sample::read).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(folder + " cannot be read", unreadable);
    }
  }

  /** The document that is judged. */
  public JsonNode judged() {
    return documents.get(documents.size() - 1);
  }

  /** The form of the judged resource that is in force, or null. */
  public JsonNode inForce() {
    JsonNode found = null;
    for (JsonNode before : documents.subList(0, documents.size() - 1)) {
      if (isSame(before, "/kind") && isSame(before, "/metadata/name")) {
        found = before;
      }
    }
    return found;
  }

  /** Row of the bad-input catalogue that the file is named after. */
  public int row() {
    return Integer.parseInt(name.substring(0, 3));
  }

  @Override
  public String toString() {
    return name;
  }

  private boolean isSame(JsonNode other, String pointer) {
    return judged().at(pointer).equals(other.at(pointer));
  }

  /** With {@code <1000 times x>} written out. */
  private static String expanded(Path file) throws IOException {
    return TIMES
        .matcher(Files.readString(file))
        .replaceAll(times -> times.group(2).repeat(Integer.parseInt(times.group(1))));
  }

  private static Sample read(Path file) {
    try {
      var lines = Files.readAllLines(file);
      try (var documents =
          new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(expanded(file))) {
        return new Sample(
            file.getFileName().toString().replace(".yaml", ""),
            after("# expects: ", lines),
            after("# notice: ", lines),
            documents.readAll());
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
  }

  private static List<String> after(String mark, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .toList();
  }
}
