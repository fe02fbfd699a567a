package dev.millrace.flink.offline;

import dev.millrace.contract.ProgressFile;
import dev.millrace.contract.VersionsFile;
import dev.millrace.contract.VersionsFile.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which of the versions on one topic writes late and dead-letter records (semantics.md §4): the
 * first one, then whichever readers have switched to. What a predecessor has written up to its last
 * progress is there already.
 */
public final class Handover {
  /** What a version does with the records it refuses. */
  public enum Role {
    /** It writes them: no version was there before it, or readers use this one. */
    WRITES,
    /** It holds them: a predecessor still writes, and may stop before it gets that far. */
    HOLDS,
    /** It drops them: readers have gone on to a higher version, which writes them. */
    DROPS
  }

  /**
   * How things stand.
   *
   * @param role of this version
   * @param written first offset per partition that no predecessor is known to have dealt with
   */
  public record State(Role role, Map<Integer, Long> written) {}

  private final OfflineFolder folder;
  private final int version;

  public Handover(String location, int version) {
    folder = new OfflineFolder(location);
    this.version = version;
  }

  /** Reads {@code versions.json} and the progress of predecessors. */
  public State look() {
    TreeMap<Integer, Version> versions = new TreeMap<>(folder.versions().versions());
    Version mine = versions.get(version);
    if (mine == null) {
      return new State(Role.WRITES, Map.of());
    }
    versions.values().removeIf(each -> !each.topicId().equals(mine.topicId()));
    List<Integer> writers = writersBefore(versions);
    return new State(role(versions, mine, writers), written(writers));
  }

  private Role role(TreeMap<Integer, Version> versions, Version mine, List<Integer> writers) {
    if (versions.tailMap(version, false).values().stream().anyMatch(Handover::isServed)) {
      return Role.DROPS;
    }
    return writers.isEmpty() || isServed(mine) ? Role.WRITES : Role.HOLDS;
  }

  private List<Integer> writersBefore(TreeMap<Integer, Version> versions) {
    var writers = new ArrayList<Integer>();
    versions
        .headMap(version)
        .forEach(
            (number, each) -> {
              if (number.equals(versions.firstKey()) || isServed(each)) {
                writers.add(number);
              }
            });
    return writers;
  }

  private Map<Integer, Long> written(List<Integer> writers) {
    var written = new HashMap<Integer, Long>();
    for (int writer : writers) {
      ProgressFile progress = folder.progress(writer);
      if (progress != null) {
        progress.offsets().forEach((number, next) -> written.merge(number, next, Math::max));
      }
    }
    return written;
  }

  /**
   * Takes out versions that never were served beside one that was: they were replaced before they
   * caught up, so their archives have holes and nobody may read them.
   */
  public static VersionsFile withoutAbandoned(VersionsFile file, int upTo) {
    var kept = new TreeMap<>(file.versions());
    kept.entrySet()
        .removeIf(
            each ->
                each.getKey() < upTo
                    && !isServed(each.getValue())
                    && hasServed(file, each.getKey(), each.getValue().topicId()));
    return new VersionsFile(kept);
  }

  private static boolean hasServed(VersionsFile file, int below, String topicId) {
    return file.versions().entrySet().stream()
        .anyMatch(
            each ->
                each.getKey() < below
                    && isServed(each.getValue())
                    && each.getValue().topicId().equals(topicId));
  }

  private static boolean isServed(Version version) {
    return version.servedFrom() != null;
  }
}
