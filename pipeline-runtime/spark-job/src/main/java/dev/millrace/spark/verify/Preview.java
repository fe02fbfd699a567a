package dev.millrace.spark.verify;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.spark.publish.DatasetWriter;
import dev.millrace.spark.run.Archives;
import dev.millrace.spark.run.ExtractPreview;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** A sample of what a run would publish, and its leak check. */
public final class Preview {
  /** Of so many final anchors one is expected to have an event in its windows. */
  private static final int ANCHORS_PER_CHECKED = 2;

  private final SparkSession spark;
  private final ExtractDocument document;
  private final Instant asOf;

  public Preview(SparkSession spark, ExtractDocument document, Instant asOf) {
    this.spark = spark;
    this.document = document;
    this.asOf = asOf;
  }

  /**
   * Looks and checks.
   *
   * @param rows most rows to show
   * @param leakAnchors most rows to check; 0 for none
   */
  public PreviewReport of(int rows, int leakAnchors) {
    try (var archives = new Archives(spark, document)) {
      int sampled = Math.max(rows, ANCHORS_PER_CHECKED * leakAnchors);
      var found = new ExtractPreview(spark, document, archives).look(asOf, sampled);
      Dataset<Row> sample = found.sample().persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return report(found, sample, rows, leak(found, sample, archives, leakAnchors));
      } finally {
        sample.unpersist();
      }
    }
  }

  private VerifyReport.Leak leak(
      ExtractPreview.Found found, Dataset<Row> sample, Archives archives, int anchors) {
    var inputs = found.inputs();
    return anchors == 0 || sample.isEmpty()
        ? new VerifyReport.Leak(0, 0, 0, List.of())
        : new LeakCheck(
                spark,
                document,
                archives.of(inputs),
                inputs.shufflePartitions(),
                asOf.toEpochMilli())
            .check(sample, anchors);
  }

  private PreviewReport report(
      ExtractPreview.Found found, Dataset<Row> sample, int rows, VerifyReport.Leak leak) {
    long watermark = found.clock().watermark();
    return new PreviewReport(
        PreviewReport.SCHEMA,
        document.labelWindow(),
        asOf.toString(),
        watermark == Long.MIN_VALUE ? null : Instant.ofEpochMilli(watermark).toString(),
        found.clock().silentPartitions(),
        found.states(),
        sample
            .orderBy(
                xxhash64(col(DatasetWriter.ANCHOR_ID), col(DatasetWriter.T0)),
                col(DatasetWriter.ANCHOR_ID),
                col(DatasetWriter.T0))
            .limit(rows)
            .orderBy(col(DatasetWriter.T0), col(DatasetWriter.ANCHOR_ID))
            .collectAsList()
            .stream()
            .map(this::row)
            .toList(),
        leak);
  }

  private PreviewReport.TrainingRow row(Row row) {
    Map<String, String> columns = RowTexts.of(row);
    String state = columns.remove(ExtractPreview.STATE);
    var servedAt = new TreeMap<String, String>();
    for (JoinedPipeline pipeline : document.pipelines()) {
      String millis = columns.remove(ExtractPreview.servedAt(pipeline.pipeline()));
      servedAt.put(pipeline.pipeline(), Instant.ofEpochMilli(Long.parseLong(millis)).toString());
    }
    return new PreviewReport.TrainingRow(state, servedAt, columns);
  }
}
