package dev.millrace.spark.label;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.publish.Manifest.DataFile;
import dev.millrace.spark.publish.Manifest.Labels;
import dev.millrace.spark.publish.StagedFiles;
import dev.millrace.spark.storage.OfflineStorage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * All label records a run may see: those that earlier runs archived in {@code labels/}, and its own
 * offsets, which it archives there before it uses them. So a label outlives the topic's retention.
 */
public final class LabelFeed {
  private final SparkSession spark;
  private final ExtractDocument document;
  private final OfflineStorage storage;
  private final String run;
  private final String folder;

  /**
   * @param document with the label, or with a surrogate in its place
   * @param run name of the run
   * @param folder where records are archived, such as {@code labels}
   */
  public LabelFeed(
      SparkSession spark,
      ExtractDocument document,
      OfflineStorage storage,
      String run,
      String folder) {
    this.spark = spark;
    this.document = document;
    this.storage = storage;
    this.run = run;
    this.folder = folder;
  }

  /**
   * The feed as read.
   *
   * @param input what this run read
   * @param records archived label records of this and earlier runs
   * @param files this run's files in {@code labels/}
   * @param partitions what is known per partition
   * @param clock how far the feed has come
   */
  public record Read(
      FeedInput input,
      Dataset<Row> records,
      List<DataFile> files,
      Map<Integer, LabelPartition> partitions,
      LabelClock clock) {
    /** As a manifest has it. */
    public Labels figures() {
      return new Labels(
          input.topic(),
          input.topicId(),
          input.offsets(),
          files,
          partitions,
          clock.watermark(),
          clock.silentPartitions());
    }
  }

  /**
   * Reads the run's offsets and archives them.
   *
   * @param earlierFiles what earlier runs archived
   */
  public Read read(FeedInput input, List<DataFile> earlierFiles, Instant asOf) {
    LabelReader reader = reader(input);
    String staging = "runs/" + run + "/" + folder;
    reader
        .read(input.offsets())
        .sortWithinPartitions(LabelReader.logOrder())
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(storage.path(staging));
    List<DataFile> files =
        new StagedFiles(storage, spark.sparkContext().hadoopConfiguration())
            .publish(staging, unused -> folder + "/run=" + run);
    var all = new ArrayList<>(earlierFiles);
    all.addAll(files);
    return measured(input, reader.archived(paths(all)), files, asOf);
  }

  /**
   * Reads the same without archiving anything.
   *
   * @param earlierFiles what earlier runs archived
   */
  public Read look(FeedInput input, List<DataFile> earlierFiles, Instant asOf) {
    LabelReader reader = reader(input);
    Dataset<Row> records =
        reader.archived(paths(earlierFiles)).unionByName(reader.read(input.offsets()));
    return measured(input, records, List.of(), asOf);
  }

  private LabelReader reader(FeedInput input) {
    LabelReader.requireRetained(input.topic(), input.offsets(), LabelTopic.look(document.wiring()));
    return new LabelReader(spark, document);
  }

  private List<String> paths(List<DataFile> files) {
    return files.stream().map(file -> storage.path(file.path())).toList();
  }

  private Read measured(FeedInput input, Dataset<Row> records, List<DataFile> files, Instant asOf) {
    long millis = asOf.toEpochMilli();
    var partitions = LabelPartitions.measure(records, millis);
    var clock = LabelClock.of(document.label(), partitions, millis);
    return new Read(input, records, files, partitions, clock);
  }
}
