package dev.millrace.local.actor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds saved state in a folder of checkpoints and savepoints. */
final class Checkpoints {
  private static final String METADATA = "_metadata";

  private Checkpoints() {}

  /** The newest completed checkpoint or savepoint below the folders, by the time it was written. */
  static Optional<Path> newest(Path... folders) throws IOException {
    Optional<Path> newest = Optional.empty();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        newest = newer(newest, newestIn(folder));
      }
    }
    return newest;
  }

  private static Optional<Path> newestIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.find(folder, 4, (file, attributes) -> isMetadata(file))) {
      return files.max(Comparator.comparingLong(Checkpoints::written)).map(Path::getParent);
    }
  }

  private static Optional<Path> newer(Optional<Path> one, Optional<Path> other) {
    return Stream.of(one, other)
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(folder -> written(folder.resolve(METADATA))));
  }

  private static boolean isMetadata(Path file) {
    return file.getFileName().toString().equals(METADATA);
  }

  // A checkpoint that Flink deletes meanwhile was subsumed by a newer one.
  private static long written(Path file) {
    return file.toFile().lastModified();
  }
}
