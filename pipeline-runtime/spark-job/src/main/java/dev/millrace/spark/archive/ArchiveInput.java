package dev.millrace.spark.archive;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a run reads of one pipeline's archive, as listed once (semantics.md §10).
 *
 * @param pipeline name of the pipeline
 * @param version version whose events are wanted
 * @param definitionHash its definition
 * @param archiveClock event time up to which the archive is complete, epoch milliseconds
 * @param servingDelayP95Millis measured delay between T and its rows in the online store, 95th
 *     percentile; null where the job has not measured it
 * @param features files of the wanted version's feature log by entity, relative to the pipeline's
 *     folder, with their lengths in bytes
 * @param servedFrom least T at which the feature log is what serving had: a version that took over
 *     from another had replayed what was before; null for all of them
 * @param sources the versions to read from, the wanted one and lower ones
 */
public record ArchiveInput(
    String pipeline,
    int version,
    String definitionHash,
    long archiveClock,
    Long servingDelayP95Millis,
    Map<String, Map<String, Long>> features,
    Long servedFrom,
    Map<Integer, Source> sources) {
  public ArchiveInput {
    features = new TreeMap<>(features == null ? Map.of() : features);
    sources = new TreeMap<>(sources);
  }

  /**
   * One version's files.
   *
   * @param firstOffsets first archived offset per partition
   * @param files finished files, relative to the pipeline's folder, with their lengths in bytes
   */
  public record Source(Map<Integer, Long> firstOffsets, Map<String, Long> files) {
    public Source {
      firstOffsets = new TreeMap<>(firstOffsets);
      files = new TreeMap<>(files);
    }
  }

  /** Bytes of all files. */
  public long bytes() {
    return sources.values().stream()
        .flatMap(source -> source.files().values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }
}
