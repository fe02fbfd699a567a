package dev.millrace.spark.verify;

import static org.apache.spark.sql.functions.col;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.spark.archive.ArchiveListing;
import dev.millrace.spark.archive.ArchiveReader;
import dev.millrace.spark.publish.DatasetWriter;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.report.Reports;
import dev.millrace.spark.run.Archives;
import dev.millrace.spark.run.Extract;
import dev.millrace.spark.run.RunInputs;
import dev.millrace.spark.run.RunName;
import dev.millrace.spark.storage.CanonicalJson;
import dev.millrace.spark.storage.OfflineStorage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** An extract and what proves it, in one session. */
public final class Verification {
  private static final double NANOS = 1e9;

  private final SparkSession spark;
  private final ExtractDocument document;
  private final Instant asOf;
  private final OfflineStorage storage;
  private final Map<String, Double> seconds = new TreeMap<>();

  public Verification(SparkSession spark, ExtractDocument document, Instant asOf) {
    this.spark = spark;
    this.document = document;
    this.asOf = asOf;
    storage =
        new OfflineStorage(
            document.wiring().location(), spark.sparkContext().hadoopConfiguration());
  }

  /** Runs the extract, then every check. */
  public VerifyReport run(VerifyRequest request) {
    try (var archives = new Archives(spark, document)) {
      return run(request, archives);
    }
  }

  private VerifyReport run(VerifyRequest request, Archives archives) {
    Extract.Outcome outcome =
        timed("extract", () -> new Extract(spark, document, asOf, archives).run());
    Manifest manifest = outcome.manifest();
    String path = RunInputs.path(RunName.of(asOf));
    var inputs = CanonicalJson.read(path, storage.read(path).orElseThrow(), RunInputs.class);
    var leak = timed("leak", () -> leak(manifest, archives, inputs, request.leakAnchors()));
    // The feature log is listed first: the events of a logged row are archived no later than it.
    var parityCheck = new ParityCheck(spark, document, inputs.shufflePartitions());
    ArchiveReader newest = newest(archives);
    var parity = timed("parity", () -> parityCheck.compare(newest));
    var rows = timed("rows", () -> new RowLookup(spark, document).compute(request.rows(), newest));
    var trainingSet = timed("trainingSet", () -> trainingSet(manifest, request.firstRows()));
    var report =
        Reports.of(outcome, document.wiring().location(), Math.round(seconds.get("extract")));
    return new VerifyReport(report, parity, leak, rows, trainingSet, seconds);
  }

  private VerifyReport.Leak leak(
      Manifest manifest, Archives archives, RunInputs inputs, int anchors) {
    if (anchors == 0 || manifest.files().isEmpty()) {
      return new VerifyReport.Leak(0, 0, 0, List.of());
    }
    Dataset<Row> published = published(manifest).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return new LeakCheck(
              spark, document, archives.of(inputs), inputs.shufflePartitions(), asOf.toEpochMilli())
          .check(published, anchors);
    } finally {
      published.unpersist();
    }
  }

  /** The archive as it is now: the feature log and the online store may be ahead of the run. */
  private ArchiveReader newest(Archives archives) {
    var pipeline = document.anchor();
    var folder =
        new OfflineStorage(pipeline.location(), spark.sparkContext().hadoopConfiguration());
    return archives.of(pipeline, ArchiveListing.list(pipeline, folder));
  }

  private Dataset<Row> published(Manifest manifest) {
    return spark
        .read()
        .parquet(
            manifest.files().stream()
                .map(file -> storage.path(file.path()))
                .toArray(String[]::new));
  }

  private VerifyReport.TrainingSet trainingSet(Manifest manifest, int firstRows) {
    String location = document.wiring().location() + "/dataset";
    if (manifest.files().isEmpty() || firstRows == 0) {
      return new VerifyReport.TrainingSet(location, manifest.rows(), List.of());
    }
    Dataset<Row> rows =
        published(manifest)
            .orderBy(col(DatasetWriter.T0), col(DatasetWriter.ANCHOR_ID))
            .limit(firstRows);
    List<Map<String, String>> texts = rows.collectAsList().stream().map(RowTexts::of).toList();
    return new VerifyReport.TrainingSet(location, manifest.rows(), texts);
  }

  private <T> T timed(String part, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    seconds.put(part, (System.nanoTime() - start) / NANOS);
    return result;
  }
}
