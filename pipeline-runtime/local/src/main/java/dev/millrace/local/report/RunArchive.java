package dev.millrace.local.report;

import dev.millrace.local.LocalFailure;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.publish.ManifestStore;
import dev.millrace.spark.publish.RunProgress;
import dev.millrace.spark.storage.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Manifests of one LabelWindow's runs, published or refused (semantics.md §10).
 *
 * @param location its folder, for messages
 * @param published manifests of published runs, by instant
 * @param refused what refused runs would have been, by instant; none that was published later
 * @param underWay how far runs of several chunks are that have begun, a text each
 */
public record RunArchive(
    Path location,
    NavigableMap<Instant, Manifest> published,
    NavigableMap<Instant, Manifest> refused,
    List<String> underWay) {
  private static final String SUFFIX = ".json";

  /** Reads everything that is there. */
  public static RunArchive read(Path location) {
    var published = new TreeMap<Instant, Manifest>();
    var refused = new TreeMap<Instant, Manifest>();
    var underWay = new ArrayList<String>();
    try {
      for (String name : names(location.resolve("manifests"))) {
        if (name.endsWith(SUFFIX)) {
          Path file =
              location.resolve(
                  ManifestStore.path(name.substring(0, name.length() - SUFFIX.length())));
          manifest(file).ifPresent(manifest -> published.put(instant(manifest), manifest));
        }
      }
      for (String run : names(location.resolve("runs"))) {
        manifest(location.resolve(ManifestStore.refusedPath(run)))
            .filter(manifest -> !published.containsKey(instant(manifest)))
            .ifPresent(manifest -> refused.put(instant(manifest), manifest));
        read(location.resolve(RunProgress.path(run)), RunProgress.class)
            .ifPresent(
                progress -> underWay.add("run " + progress.asOf() + " is at " + progress.text()));
      }
    } catch (IOException e) {
      throw new LocalFailure(location + " cannot be read: " + e.getMessage(), e);
    }
    return new RunArchive(
        location,
        Collections.unmodifiableNavigableMap(published),
        Collections.unmodifiableNavigableMap(refused),
        underWay);
  }

  /**
   * One run.
   *
   * @param asOf its instant, or null for the newest that published or was refused
   */
  public Manifest run(Instant asOf) {
    var all = new TreeMap<>(refused);
    all.putAll(published);
    if (all.isEmpty()) {
      throw new LocalFailure(
          "no run has ended in "
              + location
              + (underWay.isEmpty()
                  ? "; start one with ./millrace extract run"
                  : "; " + String.join("; ", underWay)));
    }
    Manifest found = all.get(asOf == null ? all.lastKey() : asOf);
    if (found == null) {
      throw new LocalFailure(
          "there is no run as of "
              + asOf
              + "; there are "
              + all.firstKey()
              + " to "
              + all.lastKey());
    }
    return found;
  }

  /** Published runs up to an instant, oldest first. */
  public NavigableMap<Instant, Manifest> publishedUntil(Instant asOf) {
    return published.headMap(asOf, true);
  }

  /** The instant of a run. */
  public static Instant instant(Manifest manifest) {
    return Instant.parse(manifest.asOf());
  }

  private static Optional<Manifest> manifest(Path file) throws IOException {
    return read(file, Manifest.class);
  }

  private static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
    return Files.exists(file)
        ? Optional.of(CanonicalJson.read(file.toString(), Files.readString(file), type))
        : Optional.empty();
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> listed = Files.list(folder)) {
      return listed.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
