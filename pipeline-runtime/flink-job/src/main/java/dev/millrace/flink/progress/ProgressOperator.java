package dev.millrace.flink.progress;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.JobReport;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.ProgressFile;
import dev.millrace.flink.offline.OfflineFolder;
import dev.millrace.flink.type.CheckpointReport;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up the reports of all subtasks and writes {@code progress-v<version>.json} of the newest
 * checkpoint that is complete and whose archive files are visible (semantics.md §6). Parallelism 1.
 *
 * <p>Every subtask reports ahead of the barrier and barriers are aligned here, so a checkpoint's
 * sum is whole at its barrier. The files of a checkpoint become visible a moment after it
 * completes, in every subtask on its own; the next barrier's reports say where that has happened.
 * So the file lags one checkpoint, and a reader who lists the archive after reading it misses
 * nothing. The report shows a checkpoint as soon as it is complete.
 */
public final class ProgressOperator extends AbstractStreamOperator<CheckpointReport>
    implements OneInputStreamOperator<CheckpointReport, CheckpointReport> {
  private static final long serialVersionUID = 1L;

  private final String location;
  private final int version;
  private transient OfflineFolder folder;
  private transient TreeMap<Long, CheckpointReport> sums;
  private transient ReportState shown;

  public ProgressOperator(String location, int version) {
    this.location = location;
    this.version = version;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    shown = new ReportState(context.getOperatorStateStore(), getRuntimeContext(), version);
  }

  @Override
  public void open() throws Exception {
    super.open();
    folder = new OfflineFolder(location);
    sums = new TreeMap<>();
  }

  @Override
  public void processElement(StreamRecord<CheckpointReport> element) {
    CheckpointReport report = element.getValue();
    sums.merge(report.checkpointId(), report, ProgressOperator::sum);
  }

  @Override
  public void processWatermark(Watermark mark) {
    // The clock is in the stamp's report; nothing lies downstream.
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    CheckpointReport now = sums.get(context.getCheckpointId());
    CheckpointReport visible = sums.remove(now.archived());
    sums.headMap(now.archived()).clear();
    if (visible != null) {
      write(visible);
    }
    shown.snapshot(report(now));
  }

  /** Shows what the operator reads: the accounting as of the last completed checkpoint. */
  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    CheckpointReport completed = sums.get(checkpointId);
    if (completed != null) {
      shown.show(report(completed));
    }
  }

  private JobReport report(CheckpointReport sum) {
    return JobReport.of(version)
        .withCheckpoint(sum.checkpointId(), sum.counts(), sum.sourceIdle())
        .withNulls(sum.nulls())
        .withDurable(sum.durable());
  }

  private void write(CheckpointReport report) {
    var progress =
        new ProgressFile(
            version, report.checkpointId(), report.clock(), report.offsets(), report.counts());
    folder.replace(OfflineLayout.progress(version), DocumentCodec.write(progress));
  }

  private static CheckpointReport sum(CheckpointReport a, CheckpointReport b) {
    var offsets = new TreeMap<Integer, Long>(a.offsets());
    for (Map.Entry<Integer, Long> entry : b.offsets().entrySet()) {
      offsets.merge(entry.getKey(), entry.getValue(), Math::max);
    }
    return new CheckpointReport(
        a.checkpointId(),
        sum(a.counts(), b.counts()),
        offsets,
        Math.max(a.clock(), b.clock()),
        Math.min(a.archived(), b.archived()),
        a.sourceIdle() || b.sourceIdle(),
        a.nulls().isEmpty() ? b.nulls() : a.nulls(),
        a.durable() && b.durable());
  }

  private static Accounting sum(Accounting a, Accounting b) {
    return new Accounting(
        a.in() + b.in(),
        a.accepted() + b.accepted(),
        a.duplicate() + b.duplicate(),
        a.late() + b.late(),
        a.deadLettered() + b.deadLettered(),
        a.raised() + b.raised(),
        a.rowsFired() + b.rowsFired(),
        a.rowsAcknowledged() + b.rowsAcknowledged());
  }
}
