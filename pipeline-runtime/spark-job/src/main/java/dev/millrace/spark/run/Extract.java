package dev.millrace.spark.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_millis;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.anchor.AnchorColumns;
import dev.millrace.spark.anchor.AnchorReader;
import dev.millrace.spark.anchor.FeatureJoin;
import dev.millrace.spark.label.LabelFeed;
import dev.millrace.spark.label.LabelMatchStage;
import dev.millrace.spark.publish.DatasetWriter;
import dev.millrace.spark.publish.LabelDelays;
import dev.millrace.spark.publish.LabelStates;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.publish.Manifest.DataFile;
import dev.millrace.spark.publish.ManifestStore;
import dev.millrace.spark.publish.StagedFiles;
import dev.millrace.spark.storage.OfflineStorage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** One run of a LabelWindow's extract (semantics.md §7, §8, §10). */
public final class Extract {
  private final SparkSession spark;
  private final ExtractDocument document;
  private final Instant asOf;
  private final String run;
  private final OfflineStorage storage;
  private final ManifestStore manifests;
  private final Archives archives;

  /**
   * @param archives readers for the run; whoever opened them closes them
   */
  public Extract(SparkSession spark, ExtractDocument document, Instant asOf, Archives archives) {
    this.spark = spark;
    this.archives = archives;
    this.document = document;
    this.asOf = asOf;
    run = RunName.of(asOf);
    storage =
        new OfflineStorage(
            document.wiring().location(), spark.sparkContext().hadoopConfiguration());
    manifests = new ManifestStore(storage);
  }

  /**
   * What a run did.
   *
   * @param manifest as published
   * @param repeated whether it had been published before, so that nothing was written
   * @param totals what this and the runs before it published
   */
  public record Outcome(Manifest manifest, boolean repeated, Totals totals) {}

  /** Inputs, labels, maturity, features, publication: in this order, each needs the one before. */
  public Outcome run() {
    var hadoop = spark.sparkContext().hadoopConfiguration();
    var inputs = new InputCollector(document, storage, manifests, hadoop).collect(asOf);
    spark.conf().set("spark.sql.shuffle.partitions", inputs.shufflePartitions());
    List<Manifest> earlier = inputs.earlierRuns().stream().map(manifests::read).toList();
    Totals before = Totals.of(earlier);
    var published = manifests.find(run);
    if (published.isPresent()
        && new StagedFiles(storage, hadoop).areIntact(published.get().files())) {
      manifests.point(run);
      return new Outcome(published.get(), true, before.and(published.get()));
    }
    LabelFeed.Read labels = new LabelFeed(spark, document, storage, inputs).read();
    Dataset<Row> matched = matched(inputs, labels).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Manifest manifest = write(inputs, labels, matched, earlier);
      manifests.publish(run, manifest);
      return new Outcome(manifest, false, before.and(manifest));
    } finally {
      matched.unpersist();
    }
  }

  private Dataset<Row> matched(RunInputs inputs, LabelFeed.Read labels) {
    long asOfMillis = asOf.toEpochMilli();
    var anchorArchive = archives.of(inputs).get(document.anchor().pipeline());
    Dataset<Row> anchors = AnchorReader.read(document, anchorArchive, asOfMillis);
    return new LabelMatchStage(document, inputs.shufflePartitions())
        .append(
            anchors,
            AnchorColumns.field(LabelMatchStage.anchorField(document.label())),
            col(AnchorColumns.TIME),
            labels.records(),
            asOfMillis);
  }

  private Manifest write(
      RunInputs inputs, LabelFeed.Read labels, Dataset<Row> matched, List<Manifest> earlier) {
    Finalised before = finalised(earlier);
    Dataset<Row> open = before.without(matched);
    if (open != matched) {
      open.persist(StorageLevel.MEMORY_AND_DISK());
    }
    try {
      long matureTo = labels.clock().matureTo(document.label(), inputs.archiveClock());
      Dataset<Row> mature = open.filter(col(AnchorColumns.TIME).leq(matureTo));
      Dataset<Row> pending = open.filter(col(AnchorColumns.TIME).gt(matureTo));
      var counts = StateCounts.mature(mature);
      var states = StateCounts.states(document, pending, counts, before.rows());
      LabelDelays delays = StateCounts.delays(matched);
      List<DataFile> files = dataset(inputs, mature, counts);
      return manifest(inputs, labels, counts, states, delays, files);
    } finally {
      open.unpersist();
    }
  }

  private List<DataFile> dataset(RunInputs inputs, Dataset<Row> mature, StateCounts.Mature counts) {
    if (counts.rows() == 0) {
      return List.of();
    }
    int partitions = inputs.shufflePartitions();
    var join = new FeatureJoin(document, archives.of(inputs), partitions);
    Dataset<Row> rows = join.append(mature, counts.firstMillis(), counts.lastMillis());
    var hadoop = spark.sparkContext().hadoopConfiguration();
    var writer = new DatasetWriter(document, storage, hadoop, run, partitions);
    writer.stage(rows, join.columns());
    return writer.publish();
  }

  /** Rows of earlier runs; their anchors are never written again. */
  private record Finalised(Dataset<Row> anchors, long rows) {
    Dataset<Row> without(Dataset<Row> matched) {
      if (anchors == null) {
        return matched;
      }
      var same =
          matched
              .col(AnchorColumns.ID)
              .eqNullSafe(anchors.col(DatasetWriter.ANCHOR_ID))
              .and(
                  timestamp_millis(matched.col(AnchorColumns.TIME))
                      .equalTo(anchors.col(DatasetWriter.T0)));
      return matched.join(anchors, same, "left_anti");
    }
  }

  private Finalised finalised(List<Manifest> earlier) {
    List<DataFile> files = earlier.stream().flatMap(manifest -> manifest.files().stream()).toList();
    if (files.isEmpty()) {
      return new Finalised(null, 0);
    }
    String[] paths = files.stream().map(file -> storage.path(file.path())).toArray(String[]::new);
    return new Finalised(
        spark.read().parquet(paths).select(DatasetWriter.ANCHOR_ID, DatasetWriter.T0),
        files.stream().mapToLong(DataFile::rows).sum());
  }

  private Manifest manifest(
      RunInputs inputs,
      LabelFeed.Read labels,
      StateCounts.Mature counts,
      LabelStates states,
      LabelDelays delays,
      List<DataFile> files) {
    var definitions = new HashMap<String, Manifest.UsedDefinition>();
    inputs
        .archives()
        .forEach(
            (name, input) ->
                definitions.put(
                    name,
                    new Manifest.UsedDefinition(
                        input.version(), input.definitionHash(), input.archiveClock())));
    return new Manifest(
        Manifest.CODEC,
        document.namespace(),
        document.labelWindow(),
        inputs.asOf(),
        inputs.documentHash(),
        counts.rows(),
        counts.positives(),
        files,
        definitions,
        new Manifest.Labels(
            inputs.labelTopic(),
            inputs.labelTopicId(),
            inputs.labelOffsets(),
            labels.files(),
            labels.partitions(),
            labels.clock().watermark(),
            labels.clock().silentPartitions()),
        states,
        delays,
        Warnings.of(document, inputs, labels, delays),
        Tools.versions());
  }
}
