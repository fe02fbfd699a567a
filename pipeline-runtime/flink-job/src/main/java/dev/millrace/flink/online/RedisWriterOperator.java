package dev.millrace.flink.online;

import dev.millrace.binding.EntityProgram;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.flink.progress.Counts;
import dev.millrace.flink.progress.Counts.Kind;
import dev.millrace.flink.type.CheckpointReport;
import dev.millrace.flink.type.KeyedRow;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes one entity's rows to Redis. A watermark passes once every row before it is acknowledged:
 * so the watermark downstream, the minimum over all writers, is what {@code :clock} may say. Before
 * a barrier all rows are acknowledged and as durable as Redis can make them, or the job fails and
 * restarts from the last checkpoint (semantics.md §5). An unsafe store is refused here and not
 * before the job starts: a job that restarts heals once the store is right, one that never started
 * would have to be started by hand, and would have forgotten its checkpoint.
 */
public final class RedisWriterOperator extends AbstractStreamOperator<CheckpointReport>
    implements OneInputStreamOperator<KeyedRow, CheckpointReport> {
  private static final long serialVersionUID = 1L;
  private static final long FLUSH_MILLIS = 5;

  private record Mark(long gridPoint, long rowsBefore) {}

  private final String documentJson;
  private final int entity;
  private final long patienceMillis;

  private transient MailboxExecutor mailbox;
  private transient RowEncoder encoder;
  private transient RowPipeline rows;
  private transient ArrayDeque<Mark> marks;
  private transient AtomicBoolean called;
  private transient boolean flushScheduled;
  private transient Counts counts;
  private transient long acknowledgedBefore;

  /**
   * @param entity position of the entity in the definition
   * @param patienceMillis how long Redis may refuse before the job restarts
   */
  public RedisWriterOperator(String documentJson, int entity, long patienceMillis) {
    this.documentJson = documentJson;
    this.entity = entity;
    this.patienceMillis = patienceMillis;
  }

  @Override
  public void setMailboxExecutor(MailboxExecutor mailboxExecutor) {
    super.setMailboxExecutor(mailboxExecutor);
    mailbox = mailboxExecutor;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    counts =
        Counts.restore(context.getOperatorStateStore(), getMetricGroup(), Kind.ROWS_ACKNOWLEDGED);
    acknowledgedBefore = counts.get(Kind.ROWS_ACKNOWLEDGED);
  }

  @Override
  public void open() throws Exception {
    super.open();
    PipelineDocument document = DocumentCodec.readPipeline(documentJson);
    var definition = document.definition();
    String name = definition.entities().get(entity).name();
    encoder =
        new RowEncoder(
            document.namespace(),
            document.pipeline(),
            name,
            document.version(),
            definition.onlineTtlMillis(),
            EntityProgram.compile(definition, name, false).columns());
    marks = new ArrayDeque<>();
    called = new AtomicBoolean();
    var address = RedisAddress.of(document.wiring());
    RedisCheck.run(address);
    rows = new RowPipeline(address, patienceMillis, this::answered);
    getMetricGroup().gauge("durable", () -> rows.isDurable() ? 1 : 0);
  }

  @Override
  public void processElement(StreamRecord<KeyedRow> element) throws Exception {
    KeyedRow keyed = element.getValue();
    rows.send(encoder.encode(keyed.key, keyed.row));
    scheduleFlush();
  }

  @Override
  public void processWatermark(Watermark mark) {
    marks.add(new Mark(mark.getTimestamp(), rows.sent()));
    passMarks();
  }

  /** Runs on the client's thread: at most one call to the task is under way. */
  private void answered() {
    if (called.compareAndSet(false, true)) {
      mailbox.execute(this::passMarks, "acknowledged rows");
    }
  }

  private void passMarks() {
    called.set(false);
    rows.poll();
    Mark last = null;
    while (!marks.isEmpty() && marks.peek().rowsBefore() <= rows.acknowledged()) {
      last = marks.poll();
    }
    counts.set(Kind.ROWS_ACKNOWLEDGED, acknowledgedBefore + rows.acknowledged());
    if (last != null) {
      output.emitWatermark(new Watermark(last.gridPoint()));
    }
  }

  /** Rows that do not fill a batch go out a moment later; the same look sees refused rows. */
  private void scheduleFlush() {
    if (!flushScheduled) {
      flushScheduled = true;
      long at = getProcessingTimeService().getCurrentProcessingTime() + FLUSH_MILLIS;
      getProcessingTimeService().registerTimer(at, t -> flush());
    }
  }

  private void flush() {
    flushScheduled = false;
    rows.flush();
    passMarks();
    if (rows.acknowledged() < rows.sent()) {
      scheduleFlush();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    rows.settle();
    passMarks();
    output.collect(
        new StreamRecord<>(
            new CheckpointReport(
                checkpointId,
                counts.accounting(),
                Map.of(),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                false,
                Map.of(),
                rows.isDurable())));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    counts.snapshot();
  }

  @Override
  public void finish() throws Exception {
    rows.drain();
    passMarks();
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (rows != null) {
      rows.close();
    }
    super.close();
  }
}
