package dev.millrace.spark.run;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.anchor.FeatureJoin;
import dev.millrace.spark.gate.Baseline;
import dev.millrace.spark.gate.GateVerdict;
import dev.millrace.spark.gate.QualityGate;
import dev.millrace.spark.gate.RunStatistics;
import dev.millrace.spark.publish.Agreement;
import dev.millrace.spark.publish.DatasetWriter;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.publish.Manifest.DataFile;
import dev.millrace.spark.storage.OfflineStorage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A run's training rows: joined, staged, judged and, if the gate permits, published. */
final class TrainingRows {
  private final SparkSession spark;
  private final ExtractDocument document;
  private final OfflineStorage storage;
  private final Archives archives;
  private final long chunkAnchors;

  TrainingRows(
      SparkSession spark,
      ExtractDocument document,
      OfflineStorage storage,
      Archives archives,
      long chunkAnchors) {
    this.chunkAnchors = chunkAnchors;
    this.spark = spark;
    this.document = document;
    this.storage = storage;
    this.archives = archives;
  }

  /**
   * What became of the rows.
   *
   * @param agreements by surrogate
   * @param files published files; none if the gate refused, its rows stay staged
   */
  record Result(
      RunStatistics statistics,
      GateVerdict gate,
      List<DataFile> files,
      Map<String, Agreement> agreements) {}

  Result write(
      RunInputs inputs, Dataset<Row> mature, StateCounts.Mature counts, List<Manifest> published) {
    if (counts.rows() == 0) {
      var nothing = new RunStatistics(Map.of(), Map.of(), Map.of());
      return new Result(nothing, GateVerdict.nothingToJudge(), List.of(), Map.of());
    }
    Instant asOf = Instant.parse(inputs.asOf());
    int partitions = inputs.shufflePartitions();
    var join = new FeatureJoin(document, archives.of(inputs), partitions);
    var hadoop = spark.sparkContext().hadoopConfiguration();
    var writer = new DatasetWriter(document, storage, hadoop, RunName.of(asOf), partitions);
    new Backfill(document, storage, asOf, chunkAnchors).stage(mature, join, writer);
    Dataset<Row> staged = writer.staged(spark);
    RunStatistics statistics = StagedStatistics.of(document, mature, staged, join.columns());
    GateVerdict gate = judge(asOf, statistics, staged, published);
    var agreements = Agreements.of(document, staged);
    List<DataFile> files = gate.permits() ? writer.publish() : List.of();
    return new Result(statistics, gate, files, agreements);
  }

  private GateVerdict judge(
      Instant asOf, RunStatistics statistics, Dataset<Row> staged, List<Manifest> published) {
    var rules = document.quality();
    Baseline baseline = PublishedDays.baseline(published, statistics, rules.baselineDays());
    var references =
        new BaselineReferences(spark, storage)
            .of(published, statistics, baseline, staged.schema(), rules.driftPercentile());
    return QualityGate.judge(rules, asOf, statistics, baseline, references);
  }
}
