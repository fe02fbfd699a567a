package dev.millrace.flink.online;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.OnlineKeys;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.contract.VersionsFile;
import dev.millrace.flink.offline.OfflineFolder;
import dev.millrace.flink.type.CheckpointReport;
import java.util.TreeMap;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The one writer of {@code :clock} (semantics.md §5). Parallelism 1: its watermark is the minimum
 * over all Redis writers, so every row up to it is acknowledged. The first T written notes in
 * {@code versions.json} when readers switched to this version.
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
  public void open() throws Exception {
    super.open();
    document = DocumentCodec.readPipeline(documentJson);
    reached = Long.MIN_VALUE;
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

  private void written(long gridPoint, boolean served, Throwable error) {
    if (error != null) {
      writer.failIfTooLong(error);
      long at = getProcessingTimeService().getCurrentProcessingTime() + 200;
      getProcessingTimeService().registerTimer(at, t -> write());
      return;
    }
    writing = false;
    if (served && !servedNoted) {
      noteServed(gridPoint);
    }
    if (reached > gridPoint) {
      writer.begin();
      write();
    }
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
