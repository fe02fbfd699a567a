package dev.millrace.operator.plan;

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
