package dev.millrace.spark.run;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.anchor.FeatureJoin;
import dev.millrace.spark.publish.DatasetWriter;
import dev.millrace.spark.publish.RunProgress;
import dev.millrace.spark.publish.StagedChunk;
import dev.millrace.spark.storage.CanonicalJson;
import dev.millrace.spark.storage.OfflineStorage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Stages a run's rows chunk by chunk; chunks that an attempt before has finished stay. */
final class Backfill {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final ExtractDocument document;
  private final OfflineStorage storage;
  private final Instant asOf;
  private final long chunkAnchors;

  /**
   * @param chunkAnchors most anchors of a chunk
   */
  Backfill(ExtractDocument document, OfflineStorage storage, Instant asOf, long chunkAnchors) {
    this.document = document;
    this.storage = storage;
    this.asOf = asOf;
    this.chunkAnchors = chunkAnchors;
  }

  void stage(Dataset<Row> mature, FeatureJoin join, DatasetWriter writer) {
    List<AnchorChunk> chunks = AnchorChunk.of(mature, chunkAnchors);
    writer.deleteAllBut(chunks.size());
    long rows = chunks.stream().mapToLong(AnchorChunk::rows).sum();
    long finished = 0;
    for (AnchorChunk chunk : chunks) {
      var record =
          new StagedChunk(
              chunk.firstDay(), chunk.lastDay(), chunk.rows(), Tools.versions(), List.of());
      boolean isStaged = writer.isStaged(chunk.number(), record);
      if (!isStaged) {
        Dataset<Row> anchors = chunk.of(mature);
        long first = startOf(chunk.firstDay());
        long last = startOf(chunk.lastDay()) + DAY_MILLIS - 1;
        writer.stage(chunk.number(), record, join.append(anchors, first, last), join.columns());
      }
      finished += chunk.rows();
      if (chunks.size() > 1) {
        tell(
            new RunProgress(asOf.toString(), chunk.number() + 1, chunks.size(), finished, rows),
            chunk,
            isStaged);
      }
    }
    if (chunks.size() > 1) {
      storage.delete(RunProgress.path(RunName.of(asOf)));
    }
  }

  private void tell(RunProgress progress, AnchorChunk chunk, boolean wasStaged) {
    storage.replace(RunProgress.path(RunName.of(asOf)), CanonicalJson.pretty(progress));
    System.out.println(
        document.labelWindow()
            + " "
            + progress.text()
            + ": anchor days "
            + chunk.firstDay()
            + " to "
            + chunk.lastDay()
            + ", "
            + chunk.rows()
            + " rows"
            + (wasStaged ? ", staged by an attempt before" : ""));
  }

  private static long startOf(String day) {
    return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
