package dev.millrace.spark.run;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.spark.archive.ArchiveReader;
import dev.millrace.spark.storage.OfflineStorage;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Readers of the archives a run listed. */
public final class Archives {
  private Archives() {}

  /** A reader per pipeline name, the anchor's included. */
  public static Map<String, ArchiveReader> open(
      SparkSession spark, ExtractDocument document, RunInputs inputs) {
    var readers = new TreeMap<String, ArchiveReader>();
    readers.put(document.anchor().pipeline(), open(spark, document.anchor(), inputs));
    for (JoinedPipeline pipeline : document.pipelines()) {
      readers.putIfAbsent(pipeline.pipeline(), open(spark, pipeline, inputs));
    }
    return readers;
  }

  private static ArchiveReader open(SparkSession spark, JoinedPipeline pipeline, RunInputs inputs) {
    var storage =
        new OfflineStorage(pipeline.location(), spark.sparkContext().hadoopConfiguration());
    return new ArchiveReader(
        spark, storage, inputs.archives().get(pipeline.pipeline()), pipeline.definition().schema());
  }
}
