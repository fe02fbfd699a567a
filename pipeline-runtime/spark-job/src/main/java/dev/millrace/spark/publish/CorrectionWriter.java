package dev.millrace.spark.publish;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.apache.spark.sql.functions.when;

import dev.millrace.spark.anchor.AnchorColumns;
import dev.millrace.spark.label.LabelMatchStage;
import dev.millrace.spark.publish.Manifest.DataFile;
import dev.millrace.spark.storage.OfflineStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Writes the next version of finalised rows whose outcome has changed (semantics.md §8): {@code
 * corrections/anchor_date=…/run=<asOf>/*.parquet}. A correction is its published row, with the same
 * columns and features, the new outcome and {@link #VERSION}; the published row stays as it is.
 */
public final class CorrectionWriter {
  /** Number of a row's version: published rows are 1, their first correction is 2. */
  public static final String VERSION = "_version";

  /** Run that published a row. */
  public static final String RUN = "__published_run";

  private static final int FIRST_CORRECTION = 2;
  private static final String OUTCOME = "__new_outcome";
  private static final String DAY = "__day";

  private final SparkSession spark;
  private final OfflineStorage storage;
  private final Configuration hadoop;
  private final String label;
  private final String run;

  public CorrectionWriter(SparkSession spark, OfflineStorage storage, String label, String run) {
    this.spark = spark;
    this.storage = storage;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.label = label;
    this.run = run;
  }

  /**
   * Writes corrections.
   *
   * @param changed anchors with their outcome of now, {@link #RUN} and the {@link #VERSION} that
   *     their row gets
   * @param earlierRuns manifests of those runs, by run
   */
  public Manifest.Corrections write(Dataset<Row> changed, Map<String, Manifest> earlierRuns) {
    Dataset<Row> outcomes =
        changed
            .select(
                col(AnchorColumns.ID),
                timestamp_millis(col(AnchorColumns.TIME)).as(AnchorColumns.TIME),
                col(LabelMatchStage.OUTCOME).as(OUTCOME),
                col(VERSION),
                col(RUN))
            .withColumn(DAY, date_format(col(AnchorColumns.TIME), "yyyy-MM-dd"))
            .persist();
    try {
      var days = new TreeMap<String, Set<String>>();
      long rows = 0;
      long first = 0;
      Column isFirst = when(col(VERSION).equalTo(FIRST_CORRECTION), 1L).otherwise(0L);
      for (Row row : outcomes.groupBy(RUN, DAY).agg(count(lit(1)), sum(isFirst)).collectAsList()) {
        days.computeIfAbsent(row.getString(0), unused -> new TreeSet<>()).add(row.getString(1));
        rows += row.getLong(2);
        first += row.getLong(3);
      }
      String staging = "runs/" + run + "/corrections";
      storage.delete(staging);
      days.forEach((of, some) -> stage(outcomes, of, files(earlierRuns.get(of), some), staging));
      return new Manifest.Corrections(rows, first, publish(staging));
    } finally {
      outcomes.unpersist();
    }
  }

  private void stage(Dataset<Row> outcomes, String of, String[] files, String staging) {
    Dataset<Row> published = spark.read().parquet(files);
    Dataset<Row> own = broadcast(outcomes.filter(col(RUN).equalTo(of)));
    Column same =
        col(DatasetWriter.ANCHOR_ID)
            .eqNullSafe(col(AnchorColumns.ID))
            .and(col(DatasetWriter.T0).equalTo(col(AnchorColumns.TIME)));
    var columns = new ArrayList<Column>();
    for (String name : published.columns()) {
      columns.add(name.equals(label) ? col(OUTCOME).as(label) : col("`" + name + "`"));
    }
    columns.add(col(VERSION));
    columns.add(col(DAY).as(DatasetWriter.ANCHOR_DATE));
    published
        .join(own, same)
        .select(columns.toArray(Column[]::new))
        .coalesce(1)
        .sortWithinPartitions(DatasetWriter.ANCHOR_DATE, DatasetWriter.T0, DatasetWriter.ANCHOR_ID)
        .write()
        .mode(SaveMode.Overwrite)
        .partitionBy(DatasetWriter.ANCHOR_DATE)
        .parquet(storage.path(staging + "/of=" + of));
  }

  private List<DataFile> publish(String staging) {
    return new StagedFiles(storage, hadoop)
        .publish(
            staging,
            folder -> "corrections" + folder.substring(folder.lastIndexOf('/')) + "/run=" + run);
  }

  private String[] files(Manifest manifest, Set<String> days) {
    return manifest.files().stream()
        .map(DataFile::path)
        .filter(path -> days.stream().anyMatch(day -> path.contains(DatasetWriter.folder(day))))
        .map(storage::path)
        .toArray(String[]::new);
  }
}
