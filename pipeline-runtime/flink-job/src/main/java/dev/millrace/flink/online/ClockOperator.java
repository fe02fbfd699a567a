package dev.millrace.flink.online;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.JobReport;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.OnlineKeys;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.contract.VersionsFile;
import dev.millrace.flink.offline.OfflineFolder;
import dev.millrace.flink.online.ClockWriter.Served;
import dev.millrace.flink.progress.ReportState;
import dev.millrace.flink.type.CheckpointReport;
import java.util.TreeMap;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The one writer of {@code :clock} (semantics.md §5). Parallelism 1: its watermark is the minimum
 * over all Redis writers, so every row up to it is acknowledged. The first T written notes in
 * {@code versions.json} when readers switched to this version. It also knows when a T was
 * acknowledged, and leaves that in {@link OfflineLayout#servingDelay} at each checkpoint.
 */
public final class ClockOperator extends AbstractStreamOperator<CheckpointReport>
    implements OneInputStreamOperator<CheckpointReport, CheckpointReport> {
  private static final long serialVersionUID = 1L;

  private final String documentJson;
  private final long patienceMillis;

  private transient MailboxExecutor mailbox;
  private transient PipelineDocument document;
  private transient ClockWriter writer;
  private transient long reached;
  private transient boolean writing;
  private transient boolean servedNoted;
  private transient ReportState shown;
  private transient ServingDelays delays;

  public ClockOperator(String documentJson, long patienceMillis) {
    this.documentJson = documentJson;
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
    document = DocumentCodec.readPipeline(documentJson);
    shown =
        new ReportState(context.getOperatorStateStore(), getRuntimeContext(), document.version());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    noteDelays();
    shown.snapshot(shown.report());
  }

  @Override
  public void open() throws Exception {
    super.open();
    reached = Long.MIN_VALUE;
    delays = new ServingDelays(document.definition().slideMillis());
    String key = OnlineKeys.clock(document.namespace(), document.pipeline());
    writer =
        new ClockWriter(
            RedisAddress.of(document.wiring()), key, document.version(), patienceMillis);
  }

  @Override
  public void processElement(StreamRecord<CheckpointReport> element) {
    // Reports go to the progress writer, which reads the same stream.
  }

  /** Writes the newest T; those that come while a write is under way are left out. */
  @Override
  public void processWatermark(Watermark mark) {
    reached = mark.getTimestamp();
    if (!writing) {
      writer.begin();
      write();
    }
  }

  private void write() {
    writing = true;
    long gridPoint = reached;
    writer.write(
        gridPoint,
        (served, error) ->
            mailbox.execute(() -> written(gridPoint, served, error), "clock at %s", gridPoint));
  }

  private void written(long gridPoint, Served served, Throwable error) {
    if (error != null) {
      writer.failIfTooLong(error);
      long at = getProcessingTimeService().getCurrentProcessingTime() + 200;
      getProcessingTimeService().registerTimer(at, t -> write());
      return;
    }
    writing = false;
    delays.acknowledged(gridPoint, getProcessingTimeService().getCurrentProcessingTime());
    report(gridPoint, served);
    if (served.version() == document.version() && !servedNoted) {
      noteServed(served.asOf());
    }
    if (reached > gridPoint) {
      writer.begin();
      write();
    }
  }

  private void report(long gridPoint, Served served) {
    Long start = shown.report().startClock();
    shown.show(
        shown
            .report()
            .withClock(
                gridPoint, start == null ? gridPoint : start, served.version(), served.asOf()));
  }

  /** Noted once a checkpoint: the file and the report say the same. */
  private void noteDelays() {
    delays
        .measured(document.version())
        .ifPresent(
            measured -> {
              new OfflineFolder(document.wiring().location())
                  .replace(
                      OfflineLayout.servingDelay(document.version()),
                      DocumentCodec.write(measured));
              shown.show(
                  shown
                      .report()
                      .withServingDelay(
                          new JobReport.ServingDelay(
                              measured.p50Millis(), measured.p95Millis(), measured.p99Millis())));
            });
  }

  private void noteServed(long gridPoint) {
    servedNoted = true;
    var folder = new OfflineFolder(document.wiring().location());
    var versions = new TreeMap<>(folder.versions().versions());
    VersionsFile.Version mine = versions.get(document.version());
    if (mine != null && mine.servedFrom() == null) {
      versions.put(
          document.version(),
          new VersionsFile.Version(
              mine.definitionHash(),
              mine.resourceUid(),
              mine.topicId(),
              mine.firstOffsets(),
              gridPoint));
      folder.replaceVersions(new VersionsFile(versions));
    }
  }

  @Override
  public void close() throws Exception {
    if (writer != null) {
      writer.close();
    }
    super.close();
  }
}
