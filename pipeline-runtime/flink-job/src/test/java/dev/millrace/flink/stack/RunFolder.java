package dev.millrace.flink.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/**
 * Where a run keeps its files.
 *
 * @param root URI of a folder in any file system that Flink knows
 */
public record RunFolder(URI root) {
  String uri(String name) {
    return root.toString().replaceAll("/$", "") + "/" + name;
  }

  /** What is there as local files: the files themselves, or a copy of this moment. */
  Path local(String name) throws IOException {
    if ("file".equals(root.getScheme())) {
      return Path.of(root).resolve(name);
    }
    // Flink copies only to what is not there yet.
    Path copy = Files.createTempDirectory("millrace-objects").resolve("copy");
    FileUtils.copy(
        new org.apache.flink.core.fs.Path(uri(name)),
        new org.apache.flink.core.fs.Path(copy.toUri()),
        false);
    return copy;
  }

  /** Names of all files below a folder, relative to it. */
  public List<String> files(String name) throws IOException {
    Path folder = local(name);
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
