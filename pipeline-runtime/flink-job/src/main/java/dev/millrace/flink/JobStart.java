package dev.millrace.flink;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * Where this version begins to archive, per partition; decided when it is registered by {@link
 * Preflight}.
 */
public final class JobStart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<Integer, Long> archivedFrom;

  /**
   * @param archivedFrom first archived offset per partition (semantics.md §4); absent means all
   */
  public JobStart(Map<Integer, Long> archivedFrom) {
    this.archivedFrom = new HashMap<>(archivedFrom);
  }

  /** First offset of the partition that goes into this version's archive. */
  public long archivedFrom(int partition) {
    return archivedFrom.getOrDefault(partition, 0L);
  }
}
