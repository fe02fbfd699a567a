package dev.millrace.local.stack;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.contract.ProgressFile;
import dev.millrace.local.terminal.Text;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How far a pipeline's job is: its progress file and its online clock, as others see them. */
public final class PipelineProgress {
  private final PipelineDocument document;
  private final OnlineReader online;

  public PipelineProgress(PipelineDocument document, OnlineReader online) {
    this.document = document;
    this.online = online;
  }

  /**
   * One look.
   *
   * @param file as of the last completed checkpoint; empty before the first
   * @param clockMillis newest T whose rows are all in Redis; {@link Long#MIN_VALUE} for none
   */
  public record Snapshot(Optional<ProgressFile> file, long clockMillis) {
    /** Counts as of the last checkpoint. */
    public Accounting accounting() {
      return file.map(ProgressFile::accounting).orElse(new Accounting(0, 0, 0, 0, 0, 0, 0, 0));
    }

    /** Whether a checkpoint covers this many records and both clocks have come this far. */
    public boolean covers(long records, long clock) {
      return accounting().in() >= records
          && clockMillis >= clock
          && file.isPresent()
          && file.get().archiveClock() >= clock;
    }

    /** {@code watermark 2011-12-09 12:49:00 · rows 310,443 · duplicates 0 · late 0}. */
    public String text() {
      Accounting counts = accounting();
      return "watermark "
          + (clockMillis == Long.MIN_VALUE ? "none yet" : Text.instant(clockMillis))
          + " · rows "
          + Text.count(counts.rowsAcknowledged())
          + " · duplicates "
          + Text.count(counts.duplicate())
          + " · late "
          + Text.count(counts.late());
    }
  }

  /** Looks now. */
  public Snapshot read() throws IOException {
    Path file =
        Path.of(URI.create(document.wiring().location()))
            .resolve(OfflineLayout.progress(document.version()));
    Optional<ProgressFile> progress =
        Files.exists(file)
            ? Optional.of(DocumentCodec.readProgress(Files.readString(file)))
            : Optional.empty();
    long clock =
        online
            .clock(document.namespace(), document.pipeline())
            .map(OnlineReader.Clock::asOf)
            .orElse(Long.MIN_VALUE);
    return new Snapshot(progress, clock);
  }
}
