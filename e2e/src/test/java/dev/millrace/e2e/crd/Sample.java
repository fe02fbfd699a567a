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
 * @param text of the file
 * @param documents the last one is judged, those before it exist already
 */
public record Sample(String name, String text, List<ObjectNode> documents) {
  private static final Path ROOT =
      Path.of(System.getProperty("millrace.root"), "crds/src/main/samples");
  private static final Pattern TIMES = Pattern.compile("<(\\d+) times (\\w)>");

  /** All samples of a folder, by name. */
  public static List<Sample> folder(String folder) {
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

  /** Refusals it must get. */
  public List<String> expects() {
    return comments("expects");
  }

  /** Texts of the lines {@code # <word>: }. */
  public List<String> comments(String word) {
    var start = "# " + word + ": ";
    return text.lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  /** The same where each mention of its namespace is another one. */
  public Sample in(String namespace) {
    return parse(name, text.replaceAll("(?<![\\w-])fraud(?=[/\".,}])", namespace));
  }

  public ObjectNode judged() {
    return documents.get(documents.size() - 1);
  }

  public List<ObjectNode> before() {
    return documents.subList(0, documents.size() - 1);
  }

  /** Whether an earlier document is the judged resource as it is in force. */
  public boolean isInForce(ObjectNode document) {
    return before().contains(document)
        && isSame(document, "/kind")
        && isSame(document, "/metadata");
  }

  @Override
  public String toString() {
    return name;
  }

  private boolean isSame(ObjectNode document, String pointer) {
    return document.at(pointer).equals(judged().at(pointer));
  }

  private static Sample read(Path file) {
    try {
      return parse(file.getFileName().toString().replace(".yaml", ""), Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
  }

  private static Sample parse(String name, String text) {
    var expanded =
        TIMES
            .matcher(text)
            .replaceAll(times -> times.group(2).repeat(Integer.parseInt(times.group(1))));
    try (var documents =
        new YAMLMapper().readerFor(JsonNode.class).<ObjectNode>readValues(expanded)) {
      return new Sample(name, text, documents.readAll());
    } catch (IOException noYaml) {
      throw new UncheckedIOException(name + " is no YAML", noYaml);
    }
  }
}
