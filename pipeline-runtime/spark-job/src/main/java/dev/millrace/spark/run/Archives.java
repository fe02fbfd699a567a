package dev.millrace.spark.run;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.spark.archive.ArchiveInput;
import dev.millrace.spark.archive.ArchiveReader;
import dev.millrace.spark.storage.OfflineStorage;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Readers of listed archives, one per listing; what they hold in memory is released on close. */
public final class Archives implements AutoCloseable {
  private final SparkSession spark;
  private final ExtractDocument document;
  private final Map<ArchiveInput, ArchiveReader> readers = new HashMap<>();

  public Archives(SparkSession spark, ExtractDocument document) {
    this.spark = spark;
    this.document = document;
  }

  /** A reader per pipeline name, the anchor's included, of what a run listed. */
  public Map<String, ArchiveReader> of(RunInputs inputs) {
    var byName = new TreeMap<String, ArchiveReader>();
    byName.put(document.anchor().pipeline(), of(document.anchor(), inputs));
    for (JoinedPipeline pipeline : document.pipelines()) {
      byName.putIfAbsent(pipeline.pipeline(), of(pipeline, inputs));
    }
    return byName;
  }

  /** The reader of one listing. */
  public ArchiveReader of(JoinedPipeline pipeline, ArchiveInput input) {
    return readers.computeIfAbsent(input, listed -> open(pipeline, listed));
  }

  private ArchiveReader of(JoinedPipeline pipeline, RunInputs inputs) {
    return of(pipeline, inputs.archives().get(pipeline.pipeline()));
  }

  private ArchiveReader open(JoinedPipeline pipeline, ArchiveInput input) {
    var storage =
        new OfflineStorage(pipeline.location(), spark.sparkContext().hadoopConfiguration());
    return new ArchiveReader(spark, storage, input, pipeline.definition().schema());
  }

  @Override
  public void close() {
    readers.values().forEach(ArchiveReader::release);
    readers.clear();
  }
}
