package dev.millrace.contract;

import java.util.Map;
import java.util.TreeMap;

/**
 * {@code progress.json} of a version's archive folder {@code events/v=<version>/..}: what the last
 * completed checkpoint covers (semantics.md §6). Written per version as {@code
 * progress-v<version>.json} so that two running versions never write one file.
 *
 * @param version the version
 * @param checkpointId Flink's number of the checkpoint
 * @param archiveClock every accepted event with a smaller ts that will ever be on time is archived:
 *     the fired clock as of the checkpoint; {@link Long#MIN_VALUE} before the first event
 * @param offsets next offset per partition
 * @param accounting counts as of the checkpoint
 */
public record ProgressFile(
    int version,
    long checkpointId,
    long archiveClock,
    Map<Integer, Long> offsets,
    Accounting accounting) {
  public ProgressFile {
    offsets = new TreeMap<>(offsets);
  }
}
