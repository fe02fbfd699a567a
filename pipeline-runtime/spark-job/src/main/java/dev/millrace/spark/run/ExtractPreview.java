package dev.millrace.spark.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.xxhash64;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.spark.anchor.AnchorColumns;
import dev.millrace.spark.anchor.FeatureJoin;
import dev.millrace.spark.label.LabelClock;
import dev.millrace.spark.publish.DatasetWriter;
import dev.millrace.spark.publish.LabelStates;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.publish.ManifestStore;
import dev.millrace.spark.storage.OfflineStorage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * What a run would find now, without running it: nothing is written, no label offset is taken, and
 * only the features of a sample are computed.
 */
public final class ExtractPreview {
  /** Column of a sampled row: {@code Mature}, or {@code Finalised} by an earlier run. */
  public static final String STATE = "_state";

  private final SparkSession spark;
  private final ExtractDocument document;
  private final Archives archives;
  private final OfflineStorage storage;

  public ExtractPreview(SparkSession spark, ExtractDocument document, Archives archives) {
    this.spark = spark;
    this.document = document;
    this.archives = archives;
    storage =
        new OfflineStorage(
            document.wiring().location(), spark.sparkContext().hadoopConfiguration());
  }

  /**
   * What there is.
   *
   * @param inputs what a run would read
   * @param states anchors by label state
   * @param clock how far the label feed is
   * @param sample training rows of final anchors, with {@link #STATE} and a {@link #servedAt}
   *     column per pipeline; the same for the same archive and labels
   */
  public record Found(
      RunInputs inputs, LabelStates states, LabelClock clock, Dataset<Row> sample) {}

  /**
   * Looks.
   *
   * @param rows most rows of the sample
   */
  public Found look(Instant asOf, int rows) {
    var hadoop = spark.sparkContext().hadoopConfiguration();
    var manifests = new ManifestStore(storage);
    var inputs = new InputCollector(document, storage, manifests, hadoop).look(asOf);
    spark.conf().set("spark.sql.shuffle.partitions", inputs.shufflePartitions());
    List<Manifest> earlier = inputs.earlierRuns().stream().map(manifests::read).toList();
    Feeds feeds = Feeds.look(spark, document, storage, inputs, earlier);
    var before = new FinalisedRows(spark, storage, document.label().name(), earlier);
    Dataset<Row> matched =
        MatchedAnchors.of(document, inputs, archives, feeds)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      LabelClock clock = feeds.label().clock();
      Column isFinal =
          col(AnchorColumns.TIME).leq(clock.matureTo(document.label(), inputs.archiveClock()));
      Dataset<Row> open = FinalisedRows.open(before.news(matched));
      long mature = open.filter(isFinal).count();
      var states = StateCounts.states(document, open.filter(not(isFinal)), mature, before.rows());
      return new Found(
          inputs, states, clock, sample(inputs, before, matched.filter(isFinal), rows));
    } finally {
      matched.unpersist();
    }
  }

  private Dataset<Row> sample(
      RunInputs inputs, FinalisedRows before, Dataset<Row> anchors, int rows) {
    List<Row> chosen =
        anchors
            .orderBy(
                xxhash64(col(AnchorColumns.ID), col(AnchorColumns.TIME)),
                col(AnchorColumns.ID),
                col(AnchorColumns.TIME))
            .limit(rows)
            .collectAsList();
    Dataset<Row> sample = spark.createDataFrame(chosen, anchors.schema());
    var join = FeatureJoin.ofFew(document, archives.of(inputs));
    var columns = new ArrayList<>(DatasetWriter.columns(document, join.columns()));
    columns.add(col(STATE));
    for (JoinedPipeline pipeline : document.pipelines()) {
      columns.add(
          FeatureJoin.servedAt(document, pipeline.definition()).as(servedAt(pipeline.pipeline())));
    }
    Row span = sample.agg(min(AnchorColumns.TIME), max(AnchorColumns.TIME)).head();
    Dataset<Row> withState = before.withState(sample, STATE);
    return join.append(
            withState,
            chosen.isEmpty() ? 0 : span.getLong(0),
            chosen.isEmpty() ? 0 : span.getLong(1))
        .select(columns.toArray(Column[]::new));
  }

  /** Name of the column with a pipeline's T, epoch milliseconds. */
  public static String servedAt(String pipeline) {
    return "_T_" + pipeline;
  }
}
