package dev.millrace.spark;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.spark.report.ExtractReport;
import dev.millrace.spark.report.ReportSink;
import dev.millrace.spark.report.Reports;
import dev.millrace.spark.run.Archives;
import dev.millrace.spark.run.Extract;
import dev.millrace.spark.run.ScheduledInstant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.spark.sql.SparkSession;

/**
 * Runs one extract: {@code ExtractMain <extract document> [<asOf>]}. Without an asOf it is the
 * instant that the Job's name says ({@link ScheduledInstant}). Exit code 0 published, 1 failed; 3
 * is kept for a run that the quality gate refuses.
 */
public final class ExtractMain {
  static final int FAILED = 1;

  /** Environment variable with the Job's name, set from the pod's label. */
  private static final String JOB_NAME = "MILLRACE_JOB_NAME";

  private ExtractMain() {}

  /** Runs and exits. */
  public static void main(String[] args) {
    String asOf = args.length > 1 ? args[1] : "";
    int exit = 0;
    ExtractReport report;
    try {
      report = run(args);
    } catch (RuntimeException e) {
      e.printStackTrace();
      report = Reports.failed(asOf, e);
      exit = FAILED;
    }
    ReportSink.write(report);
    System.exit(exit);
  }

  private static ExtractReport run(String[] args) {
    String jobName = System.getenv(JOB_NAME);
    if (args.length < 1 || args.length > 2 || args.length == 1 && jobName == null) {
      throw new MillraceFailure(
          Reason.RUN_FAILED,
          "usage: ExtractMain <extract document> <asOf>; a Job made by hand needs an explicit asOf,"
              + " such as 2026-05-01T02:15:00Z");
    }
    ExtractDocument document = document(args[0]);
    Instant asOf = args.length == 2 ? instant(args[1]) : ScheduledInstant.of(jobName);
    SparkSession spark = SparkSessions.open();
    try (var archives = new Archives(spark, document)) {
      var outcome = new Extract(spark, document, asOf, archives).run();
      return Reports.of(outcome, document.wiring().location());
    } finally {
      spark.stop();
    }
  }

  static ExtractDocument document(String path) {
    try {
      return DocumentCodec.readExtract(Files.readString(Path.of(path)));
    } catch (IOException e) {
      throw new MillraceFailure(
          Reason.DEFINITION_REFUSED, "the extract document " + path + " cannot be read: " + e, e);
    }
  }

  static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new MillraceFailure(
          Reason.RUN_FAILED,
          "asOf \"" + text + "\" is not an instant such as 2026-05-01T02:15:00Z",
          e);
    }
  }
}
