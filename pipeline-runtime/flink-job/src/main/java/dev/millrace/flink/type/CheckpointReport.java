package dev.millrace.flink.type;

import dev.millrace.contract.Accounting;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What one subtask counted up to a barrier, sent ahead of that barrier: so it has reached the
 * progress writer when the checkpoint is taken there, and all reports are of one instant.
 *
 * @param checkpointId Flink's number of the checkpoint
 * @param counts this subtask's share of the accounting
 * @param offsets next offset per partition; empty unless the stamp reports
 * @param clock the fired clock; {@link Long#MIN_VALUE} before the first event, and unless the stamp
 *     reports
 * @param archived last checkpoint whose archive files this subtask has made visible; {@link
 *     Long#MAX_VALUE} for a subtask that archives nothing
 * @param sourceIdle whether every partition is silent and consumed; false unless the stamp reports
 * @param nulls events on time without a value, by nullable field; empty unless the stamp reports
 * @param durable false if the online store did not confirm that this subtask's rows are on disk
 */
public record CheckpointReport(
    long checkpointId,
    Accounting counts,
    Map<Integer, Long> offsets,
    long clock,
    long archived,
    boolean sourceIdle,
    Map<String, Long> nulls,
    boolean durable) {
  public static final TypeInformation<CheckpointReport> TYPE =
      new StreamType<>(CheckpointReport.class, new CheckpointReportSerializer());

  /** The report of a subtask that neither reads the log nor writes rows. */
  public static CheckpointReport of(long checkpointId, Accounting counts, long archived) {
    return new CheckpointReport(
        checkpointId, counts, Map.of(), Long.MIN_VALUE, archived, false, Map.of(), true);
  }
}
