package dev.millrace.spark.label;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.publish.Manifest.DataFile;
import dev.millrace.spark.publish.ManifestStore;
import dev.millrace.spark.publish.StagedFiles;
import dev.millrace.spark.run.RunInputs;
import dev.millrace.spark.run.RunName;
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
  private final RunInputs inputs;

  public LabelFeed(
      SparkSession spark, ExtractDocument document, OfflineStorage storage, RunInputs inputs) {
    this.spark = spark;
    this.document = document;
    this.storage = storage;
    this.inputs = inputs;
  }

  /**
   * The feed as read.
   *
   * @param records archived label records of this and earlier runs
   * @param files this run's files in {@code labels/}
   * @param partitions what is known per partition
   * @param clock how far the feed has come
   */
  public record Read(
      Dataset<Row> records,
      List<DataFile> files,
      Map<Integer, LabelPartition> partitions,
      LabelClock clock) {}

  /** Reads the run's offsets and archives them. */
  public Read read() {
    LabelReader.requireRetained(
        inputs.labelTopic(), inputs.labelOffsets(), LabelTopic.look(document.wiring()));
    var reader = new LabelReader(spark, document);
    String run = RunName.of(Instant.parse(inputs.asOf()));
    String staging = "runs/" + run + "/labels";
    reader
        .read(inputs.labelOffsets())
        .sortWithinPartitions(LabelReader.logOrder())
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(storage.path(staging));
    List<DataFile> files =
        new StagedFiles(storage, spark.sparkContext().hadoopConfiguration())
            .publish(staging, folder -> "labels/run=" + run);
    var all = new ArrayList<>(earlierFiles());
    files.forEach(file -> all.add(storage.path(file.path())));
    Dataset<Row> records = reader.archived(all);
    long asOf = Instant.parse(inputs.asOf()).toEpochMilli();
    var partitions = LabelPartitions.measure(records, asOf);
    return new Read(records, files, partitions, LabelClock.of(document.label(), partitions, asOf));
  }

  private List<String> earlierFiles() {
    var manifests = new ManifestStore(storage);
    return inputs.earlierRuns().stream()
        .map(manifests::read)
        .map(Manifest::labels)
        .flatMap(labels -> labels.files().stream())
        .map(file -> storage.path(file.path()))
        .toList();
  }
}
