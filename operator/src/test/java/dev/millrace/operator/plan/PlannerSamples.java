package dev.millrace.operator.plan;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Samples of this module and of the crds module, wherever its jar or folder is. */
record PlannerSamples(String name, String yaml) {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Samples of the crds module: a folder below {@code millrace/samples}. */
  static List<PlannerSamples> of(String folder) {
    return in("/millrace/samples/" + folder);
  }

  /** Samples of a resource folder, by name. */
  static List<PlannerSamples> in(String folder) {
    try (Stream<Path> files = Files.list(folder(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted(Comparator.comparing(Path::toString))
          .map(file -> new PlannerSamples(file.getFileName().toString(), text(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder, e);
    }
  }

  private static Path folder(String resource) throws IOException {
    try {
      URI uri = Objects.requireNonNull(PlannerSamples.class.getResource(resource)).toURI();
      return uri.getScheme().equals("jar") ? fileSystem(uri).getPath(resource) : Path.of(uri);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(resource, e);
    }
  }

  private static FileSystem fileSystem(URI uri) throws IOException {
    try {
      return FileSystems.getFileSystem(uri);
    } catch (FileSystemNotFoundException firstTime) {
      return FileSystems.newFileSystem(uri, Map.of());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /**
   * The sample with its remedy: the judged document as the lines {@code # good: } say.
   *
   * @param hash of the plan that waits for approval
   */
  PlannerSamples good(String hash) {
    int last = yaml.lastIndexOf("\n---\n");
    String before = last < 0 ? "" : yaml.substring(0, last) + "\n---\n";
    try {
      JsonNode judged = YAML.readTree(yaml.substring(before.length()));
      for (String remedy : comments("good")) {
        int space = (remedy + " ").indexOf(' ');
        String value = remedy.substring(Math.min(space + 1, remedy.length()));
        put(judged, remedy.substring(0, space), value.replace("<hash>", hash));
      }
      return new PlannerSamples(name, before + YAML.writeValueAsString(judged));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static void put(JsonNode document, String pointer, String value)
      throws JsonProcessingException {
    JsonPointer path = JsonPointer.compile(pointer);
    String member = path.last().getMatchingProperty();
    if (document.at(path.head()) instanceof ArrayNode list) {
      JsonNode item = YAML.readTree(value);
      if (item.isMissingNode()) {
        list.remove(path.last().getMatchingIndex());
      } else if (member.equals("-")) {
        list.add(item);
      } else {
        list.set(path.last().getMatchingIndex(), item);
      }
    } else if (value.isEmpty()) {
      ((ObjectNode) document.at(path.head())).remove(member);
    } else {
      ((ObjectNode) document).withObject(path.head()).set(member, YAML.readTree(value));
    }
  }

  /** Texts of the comment lines that start with {@code # <word>: }. */
  List<String> comments(String word) {
    String start = "# " + word + ": ";
    return yaml.lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .sorted()
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
