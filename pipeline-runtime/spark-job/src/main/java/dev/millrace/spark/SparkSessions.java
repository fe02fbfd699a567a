package dev.millrace.spark;

import dev.millrace.spark.storage.PlainLocalFileSystem;
import java.io.IOException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/** The session of an extract: local in its own JVM unless spark-submit named a master. */
public final class SparkSessions {
  private SparkSessions() {}

  /**
   * Work that needs a session. Spark is Scala: it throws checked exceptions that its methods do not
   * declare, so they are declared here.
   */
  @FunctionalInterface
  public interface Work<T> {
    T run(SparkSession spark) throws IOException, SparkException, AnalysisException;
  }

  /**
   * Opens a session for some work, and stops it.
   *
   * @throws IllegalStateException with the checked exception that ended the work as its cause
   */
  public static <T> T with(Work<T> work) {
    SparkSession spark = open();
    try {
      return work.run(spark);
    } catch (IOException | SparkException | AnalysisException e) {
      throw new IllegalStateException("Spark could not finish", e);
    } finally {
      spark.stop();
    }
  }

  /** Opens the session; the caller stops it. */
  public static SparkSession open() {
    var conf = new SparkConf(true);
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.app.name", "millrace-extract");
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    conf.setIfMissing("spark.ui.enabled", "false");
    // Instants are UTC milliseconds whatever zone the JVM runs in (semantics.md §1).
    conf.set("spark.sql.session.timeZone", "UTC");
    conf.set("spark.sql.datetime.java8API.enabled", "true");
    conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MILLIS");
    // A rerun writes the same files, so nothing about a plan may depend on measured sizes.
    conf.set("spark.sql.adaptive.enabled", "false");
    // Files are given one by one: looking each up in a task of its own costs more than the look-up.
    conf.setIfMissing("spark.sql.sources.parallelPartitionDiscovery.threshold", LISTED_BY_DRIVER);
    conf.setIfMissing("spark.sql.sources.parallelPartitionDiscovery.parallelism", LISTING_TASKS);
    // Types are declared, never guessed from folder names.
    conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
    // No .crc files beside what we publish.
    conf.set("spark.hadoop.fs.file.impl", PlainLocalFileSystem.class.getName());
    stageWithoutRenames(conf);
    return SparkSession.builder().config(conf).getOrCreate();
  }

  private static final String LISTED_BY_DRIVER = "1024";
  private static final String LISTING_TASKS = "16";

  /**
   * On S3 a task's files appear when the job completes their uploads. Spark's default renames
   * folders, which there means copying them one by one. Other file systems keep their own
   * committer.
   */
  private static void stageWithoutRenames(SparkConf conf) {
    conf.set("spark.sql.sources.commitProtocolClass", CLOUD + "PathOutputCommitProtocol");
    conf.set("spark.sql.parquet.output.committer.class", CLOUD + "BindingParquetOutputCommitter");
    conf.set("spark.hadoop.mapreduce.outputcommitter.factory.scheme.s3a", S3_COMMITTERS);
    conf.set("spark.hadoop.fs.s3a.committer.name", "magic");
  }

  private static final String CLOUD = "org.apache.spark.internal.io.cloud.";
  private static final String S3_COMMITTERS = "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory";
}
