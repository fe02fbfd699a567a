package dev.millrace.flink;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * Where this version begins to write, per partition; decided once per start by {@link Preflight}.
 */
public final class JobStart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<Integer, Long> archivedFrom;
  private final HashMap<Integer, Long> refusedFrom;

  /**
   * @param archivedFrom first archived offset per partition (semantics.md §4); absent means all
   * @param refusedFrom offset per partition below which an older version has already written late
   *     and dead-letter records; absent means none
   */
  public JobStart(Map<Integer, Long> archivedFrom, Map<Integer, Long> refusedFrom) {
    this.archivedFrom = new HashMap<>(archivedFrom);
    this.refusedFrom = new HashMap<>(refusedFrom);
  }

  /** First offset of the partition that goes into this version's archive. */
  public long archivedFrom(int partition) {
    return archivedFrom.getOrDefault(partition, 0L);
  }

  /** First offset of the partition whose late and dead-letter records this version writes. */
  public long refusedFrom(int partition) {
    return refusedFrom.getOrDefault(partition, 0L);
  }
}
