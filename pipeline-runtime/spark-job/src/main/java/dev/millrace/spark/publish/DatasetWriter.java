package dev.millrace.spark.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.timestamp_millis;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.anchor.AnchorColumns;
import dev.millrace.spark.anchor.FeatureJoin;
import dev.millrace.spark.label.LabelMatchStage;
import dev.millrace.spark.publish.Manifest.DataFile;
import dev.millrace.spark.storage.CanonicalJson;
import dev.millrace.spark.storage.OfflineStorage;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Writes training rows (semantics.md §10): {@code dataset/anchor_date=…/run=<asOf>/*.parquet}. Rows
 * are staged in the run's own folder first; the quality gate stands between the two steps.
 */
public final class DatasetWriter {
  public static final String ANCHOR_ID = "anchor_id";
  public static final String T0 = "t0";
  public static final String T = "T";
  public static final String ANCHOR_DATE = "anchor_date";

  private static final String CHUNK = "chunk=";

  private final ExtractDocument document;
  private final OfflineStorage storage;
  private final StagedFiles staged;
  private final String run;
  private final int partitions;

  public DatasetWriter(
      ExtractDocument document,
      OfflineStorage storage,
      Configuration hadoop,
      String run,
      int partitions) {
    this.document = document;
    this.storage = storage;
    this.staged = new StagedFiles(storage, hadoop);
    this.run = run;
    this.partitions = partitions;
  }

  /**
   * Whether an attempt before has staged a chunk.
   *
   * @param number of the chunk
   * @param wanted what its record must say, its files aside
   */
  public boolean isStaged(int number, StagedChunk wanted) {
    return storage
        .read(StagedChunk.path(run, number))
        .map(json -> CanonicalJson.read(StagedChunk.path(run, number), json, StagedChunk.class))
        .filter(
            found ->
                found.firstDay().equals(wanted.firstDay())
                    && found.lastDay().equals(wanted.lastDay())
                    && found.rows() == wanted.rows()
                    && found.tools().equals(wanted.tools()))
        .filter(found -> staged.areIntact(found.files()))
        .isPresent();
  }

  /**
   * Removes what attempts before have left of anything but the chunks below a number.
   *
   * @param chunks how many chunks there are
   */
  public void deleteAllBut(int chunks) {
    String end = StagedChunk.name(chunks);
    for (String name : storage.names(staging())) {
      if (!name.startsWith(CHUNK) || name.compareTo(CHUNK + end) >= 0) {
        storage.delete(staging() + "/" + name);
      }
    }
    for (String name : storage.names(StagedChunk.folder(run))) {
      if (name.compareTo(end) >= 0) {
        storage.delete(StagedChunk.folder(run) + "/" + name);
      }
    }
  }

  /**
   * Stages the rows of a chunk, one file per anchor day and in the order of t0, and then records
   * it.
   */
  public void stage(int number, StagedChunk chunk, Dataset<Row> rows, List<String> featureColumns) {
    String folder = staging() + "/" + CHUNK + StagedChunk.name(number);
    storage.delete(folder);
    write(rows, featureColumns, folder);
    var made =
        new StagedChunk(
            chunk.firstDay(), chunk.lastDay(), chunk.rows(), chunk.tools(), staged.files(folder));
    storage.replace(StagedChunk.path(run, number), CanonicalJson.pretty(made));
  }

  private void write(Dataset<Row> rows, List<String> featureColumns, String folder) {
    var columns = new ArrayList<Column>();
    columns.add(
        date_format(timestamp_millis(col(AnchorColumns.TIME)), "yyyy-MM-dd").as(ANCHOR_DATE));
    columns.addAll(columns(document, featureColumns));
    columns.add(col(AnchorColumns.PARTITION));
    columns.add(col(AnchorColumns.OFFSET));
    rows.select(columns.toArray(Column[]::new))
        .repartition(partitions, col(ANCHOR_DATE))
        .sortWithinPartitions(
            col(ANCHOR_DATE),
            col(T0),
            col(ANCHOR_ID),
            col(AnchorColumns.PARTITION),
            col(AnchorColumns.OFFSET))
        .drop(AnchorColumns.PARTITION, AnchorColumns.OFFSET)
        .write()
        .mode(SaveMode.Overwrite)
        .partitionBy(ANCHOR_DATE)
        .parquet(storage.path(folder));
  }

  /** What a training row consists of, from rows with the columns of {@link AnchorColumns}. */
  public static List<Column> columns(ExtractDocument document, List<String> featureColumns) {
    var columns = new ArrayList<Column>();
    columns.add(col(AnchorColumns.ID).as(ANCHOR_ID));
    columns.add(timestamp_millis(col(AnchorColumns.TIME)).as(T0));
    columns.add(
        timestamp_millis(FeatureJoin.servedAt(document, document.anchor().definition())).as(T));
    columns.add(col(LabelMatchStage.OUTCOME).as(document.label().name()));
    document.surrogates().forEach(each -> columns.add(col("`" + each.outcome().name() + "`")));
    featureColumns.forEach(name -> columns.add(col("`" + name + "`")));
    return columns;
  }

  /** Moves staged rows to where readers find them, once the manifest names them. */
  public List<DataFile> publish() {
    List<DataFile> files =
        staged.publish(
            staging(),
            folder -> "dataset" + folder.substring(folder.lastIndexOf('/')) + "/run=" + run);
    storage.delete(StagedChunk.folder(run));
    return files;
  }

  /** Rows as staged, with their anchor day as text. */
  public Dataset<Row> staged(SparkSession spark) {
    return spark
        .read()
        .parquet(storage.path(staging()))
        .withColumn(ANCHOR_DATE, date_format(col(T0), "yyyy-MM-dd"))
        .drop("chunk");
  }

  private String staging() {
    return staging(run);
  }

  /** Part of the path of every file that holds rows of an anchor day. */
  public static String folder(String day) {
    return "/" + ANCHOR_DATE + "=" + day + "/";
  }

  /** Removes what a run has staged, and how far it was. */
  public static void deleteStaged(OfflineStorage storage, String run) {
    storage.delete(staging(run));
    storage.delete(StagedChunk.folder(run));
    storage.delete(RunProgress.path(run));
  }

  /** Folder of a run's staged rows. */
  static String staging(String run) {
    return "runs/" + run + "/staging";
  }
}
