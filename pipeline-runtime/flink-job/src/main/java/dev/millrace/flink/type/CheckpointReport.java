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
 */
public record CheckpointReport(
    long checkpointId, Accounting counts, Map<Integer, Long> offsets, long clock, long archived) {
  public static final TypeInformation<CheckpointReport> TYPE =
      new StreamType<>(CheckpointReport.class, new CheckpointReportSerializer());
}
