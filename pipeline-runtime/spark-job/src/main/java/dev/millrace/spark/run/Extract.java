package dev.millrace.spark.run;

import static org.apache.spark.sql.functions.col;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.anchor.AnchorColumns;
import dev.millrace.spark.publish.Consistency;
import dev.millrace.spark.publish.CorrectionWriter;
import dev.millrace.spark.publish.DatasetWriter;
import dev.millrace.spark.publish.LabelDelays;
import dev.millrace.spark.publish.LabelStates;
import dev.millrace.spark.publish.Manifest;
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

/** One run of a LabelWindow's extract (semantics.md §7 to §10). */
public final class Extract {
  private final SparkSession spark;
  private final ExtractDocument document;
  private final Instant asOf;
  private final String run;
  private final OfflineStorage storage;
  private final ManifestStore manifests;
  private final Archives archives;
  private final long chunkAnchors;

  /**
   * @param archives readers for the run; whoever opened them closes them
   */
  public Extract(SparkSession spark, ExtractDocument document, Instant asOf, Archives archives) {
    this(spark, document, asOf, archives, AnchorChunk.MOST_ANCHORS);
  }

  /**
   * @param chunkAnchors most anchors that are joined in one go; changes nothing that is published
   */
  public Extract(
      SparkSession spark,
      ExtractDocument document,
      Instant asOf,
      Archives archives,
      long chunkAnchors) {
    this.chunkAnchors = chunkAnchors;
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
   * @param manifest as published, or as it would have been if the gate had not refused
   * @param repeated whether it had been published before, so that nothing was written
   * @param totals what this and the runs before it published
   */
  public record Outcome(Manifest manifest, boolean repeated, Totals totals) {}

  /**
   * Inputs, labels, maturity, features, gate, publication: in this order, each needs the one
   * before.
   */
  public Outcome run() {
    var hadoop = spark.sparkContext().hadoopConfiguration();
    var inputs = new InputCollector(document, storage, manifests, hadoop).collect(asOf);
    spark.conf().set("spark.sql.shuffle.partitions", inputs.shufflePartitions());
    List<Manifest> earlier = inputs.earlierRuns().stream().map(manifests::read).toList();
    Totals before = Totals.of(earlier);
    var published = manifests.find(run);
    if (published.isPresent()
        && new StagedFiles(storage, hadoop).areIntact(published.get().dataFiles())) {
      manifests.point(run);
      return new Outcome(published.get(), true, before.and(published.get()));
    }
    Feeds feeds = Feeds.read(spark, document, storage, inputs, earlier);
    Dataset<Row> matched =
        MatchedAnchors.of(document, inputs, archives, feeds)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Manifest manifest = write(inputs, feeds, matched, earlier);
      if (!manifest.gate().permits()) {
        manifests.refuse(run, manifest);
        return new Outcome(manifest, false, before);
      }
      manifests.publish(run, manifest);
      deleteRefused(inputs.earlierRuns());
      return new Outcome(manifest, false, before.and(manifest));
    } finally {
      matched.unpersist();
    }
  }

  /** Rows that the gate refused since the newest published run are part of this one now. */
  private void deleteRefused(List<String> earlierRuns) {
    String newest = earlierRuns.isEmpty() ? "" : earlierRuns.get(earlierRuns.size() - 1);
    for (String other : storage.names("runs")) {
      if (other.compareTo(newest) > 0 && other.compareTo(run) < 0) {
        DatasetWriter.deleteStaged(storage, other);
      }
    }
  }

  private Manifest write(
      RunInputs inputs, Feeds feeds, Dataset<Row> matched, List<Manifest> earlier) {
    var before = new FinalisedRows(spark, storage, document.label().name(), earlier);
    Dataset<Row> news = before.news(matched).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> open = FinalisedRows.open(news);
      long matureTo = feeds.label().clock().matureTo(document.label(), inputs.archiveClock());
      Dataset<Row> mature = open.filter(col(AnchorColumns.TIME).leq(matureTo));
      Dataset<Row> pending = open.filter(col(AnchorColumns.TIME).gt(matureTo));
      var counts = StateCounts.mature(mature);
      LabelDelays delays = StateCounts.delays(matched);
      var rows = new TrainingRows(spark, document, storage, archives, chunkAnchors);
      var written = rows.write(inputs, mature, counts, earlier);
      boolean permitted = written.gate().permits();
      var corrections =
          permitted && !earlier.isEmpty()
              ? corrections(inputs, FinalisedRows.changed(news), earlier)
              : Manifest.Corrections.NONE;
      long finalised = before.rows() + (permitted ? counts.rows() : 0);
      var states = StateCounts.states(document, pending, counts.rows(), finalised);
      var consistency =
          new ConsistencySample(spark, document, inputs, archives).compare(mature, counts);
      return manifest(inputs, feeds, counts, states, delays, written, corrections, consistency);
    } finally {
      news.unpersist();
    }
  }

  private Manifest.Corrections corrections(
      RunInputs inputs, Dataset<Row> changed, List<Manifest> earlier) {
    var byRun = new HashMap<String, Manifest>();
    for (int i = 0; i < earlier.size(); i++) {
      byRun.put(inputs.earlierRuns().get(i), earlier.get(i));
    }
    return new CorrectionWriter(spark, storage, document.label().name(), run).write(changed, byRun);
  }

  private Manifest manifest(
      RunInputs inputs,
      Feeds feeds,
      StateCounts.Mature counts,
      LabelStates states,
      LabelDelays delays,
      TrainingRows.Result written,
      Manifest.Corrections corrections,
      Consistency consistency) {
    var definitions = new HashMap<String, Manifest.UsedDefinition>();
    inputs
        .archives()
        .forEach(
            (name, input) ->
                definitions.put(
                    name,
                    new Manifest.UsedDefinition(
                        input.version(),
                        input.definitionHash(),
                        input.archiveClock(),
                        input.servingDelayP95Millis())));
    return new Manifest(
        Manifest.CODEC,
        document.namespace(),
        document.labelWindow(),
        inputs.asOf(),
        inputs.documentHash(),
        counts.rows(),
        counts.positives(),
        written.files(),
        corrections,
        definitions,
        feeds.label().figures(),
        feeds.surrogateFigures(),
        written.agreements(),
        states,
        delays,
        written.statistics(),
        written.gate(),
        consistency,
        Warnings.of(document, inputs, feeds, delays, consistency),
        Tools.versions());
  }
}
