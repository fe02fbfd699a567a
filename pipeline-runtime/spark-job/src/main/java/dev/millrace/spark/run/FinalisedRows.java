package dev.millrace.spark.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.apache.spark.sql.functions.when;

import dev.millrace.spark.anchor.AnchorColumns;
import dev.millrace.spark.label.LabelMatchStage;
import dev.millrace.spark.publish.CorrectionWriter;
import dev.millrace.spark.publish.DatasetWriter;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.publish.Manifest.DataFile;
import dev.millrace.spark.storage.OfflineStorage;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * Rows of earlier runs (semantics.md §8): their anchors are never written again, but they are
 * corrected when what has arrived since gives them another outcome.
 */
final class FinalisedRows {
  /** Run that published an anchor's row; null for an anchor without one. */
  private static final String RUN = CorrectionWriter.RUN;

  private static final String VERSION = "__published_version";
  private static final String OUTCOME = "__published_outcome";
  private static final String NEWEST = "__newest";

  private final SparkSession spark;
  private final OfflineStorage storage;
  private final String label;
  private final List<DataFile> files;
  private final List<DataFile> corrections;

  FinalisedRows(
      SparkSession spark, OfflineStorage storage, String label, List<Manifest> earlierRuns) {
    this.spark = spark;
    this.storage = storage;
    this.label = label;
    files = earlierRuns.stream().flatMap(manifest -> manifest.files().stream()).toList();
    corrections =
        earlierRuns.stream().flatMap(manifest -> manifest.corrections().files().stream()).toList();
  }

  /** How many there are. */
  long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  /** Anchors with a text column that is {@code Finalised} for those with a row, else Mature. */
  Dataset<Row> withState(Dataset<Row> matched, String column) {
    if (files.isEmpty()) {
      return matched.withColumn(column, lit("Mature"));
    }
    Dataset<Row> published = published();
    return matched
        .join(published, same(matched, published), "left")
        .withColumn(column, when(col(RUN).isNull(), "Mature").otherwise("Finalised"))
        .drop(DatasetWriter.ANCHOR_ID, DatasetWriter.T0, OUTCOME, VERSION, RUN);
  }

  /** Anchors without a row, and those whose row has another outcome now. */
  Dataset<Row> news(Dataset<Row> matched) {
    if (files.isEmpty()) {
      return matched
          .withColumn(RUN, lit(null).cast("string"))
          .withColumn(CorrectionWriter.VERSION, lit(null).cast("int"));
    }
    Dataset<Row> published = published();
    return matched
        .join(published, same(matched, published), "left")
        .filter(col(RUN).isNull().or(not(col(LabelMatchStage.OUTCOME).eqNullSafe(col(OUTCOME)))))
        .withColumn(CorrectionWriter.VERSION, col(VERSION).plus(1))
        .drop(DatasetWriter.ANCHOR_ID, DatasetWriter.T0, OUTCOME, VERSION);
  }

  private static Column same(Dataset<Row> matched, Dataset<Row> published) {
    return matched
        .col(AnchorColumns.ID)
        .eqNullSafe(published.col(DatasetWriter.ANCHOR_ID))
        .and(
            timestamp_millis(matched.col(AnchorColumns.TIME))
                .equalTo(published.col(DatasetWriter.T0)));
  }

  /** Those of {@link #news} that no run has finalised. */
  static Dataset<Row> open(Dataset<Row> news) {
    return news.filter(col(RUN).isNull());
  }

  /**
   * Those of {@link #news} that need a correction. Of several events with one id and one instant
   * nothing says which row is whose: they keep what they have.
   */
  static Dataset<Row> changed(Dataset<Row> news) {
    var one = Window.partitionBy(AnchorColumns.ID, AnchorColumns.TIME);
    return news.filter(col(RUN).isNotNull())
        .withColumn("__same", count(lit(1)).over(one))
        .filter(col("__same").equalTo(1))
        .drop("__same");
  }

  /** Anchor, run, newest version and its outcome. */
  private Dataset<Row> published() {
    Dataset<Row> rows =
        spark
            .read()
            .parquet(paths(files))
            .select(
                col(DatasetWriter.ANCHOR_ID),
                col(DatasetWriter.T0),
                regexp_extract(col("_metadata.file_path"), "/run=([^/]+)/", 1).as(RUN),
                col(label).as(OUTCOME));
    if (corrections.isEmpty()) {
      return rows.withColumn(VERSION, lit(1));
    }
    Column version = col(CorrectionWriter.VERSION).as("version");
    Dataset<Row> newest =
        spark
            .read()
            .parquet(paths(corrections))
            .groupBy(DatasetWriter.ANCHOR_ID, DatasetWriter.T0)
            .agg(max(struct(version, col(label).as("outcome"))).as(NEWEST));
    Column same =
        rows.col(DatasetWriter.ANCHOR_ID)
            .eqNullSafe(newest.col(DatasetWriter.ANCHOR_ID))
            .and(rows.col(DatasetWriter.T0).equalTo(newest.col(DatasetWriter.T0)));
    Column isFirst = col(NEWEST).isNull();
    return rows.join(newest, same, "left")
        .select(
            rows.col(DatasetWriter.ANCHOR_ID),
            rows.col(DatasetWriter.T0),
            col(RUN),
            when(isFirst, col(OUTCOME)).otherwise(col(NEWEST + ".outcome")).as(OUTCOME),
            when(isFirst, lit(1)).otherwise(col(NEWEST + ".version")).as(VERSION));
  }

  private String[] paths(List<DataFile> of) {
    return of.stream().map(file -> storage.path(file.path())).toArray(String[]::new);
  }
}
