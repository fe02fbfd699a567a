package dev.millrace.spark;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.contract.RunOutcome;
import dev.millrace.contract.RunReport;
import dev.millrace.spark.report.ReportSink;
import dev.millrace.spark.report.Reports;
import dev.millrace.spark.run.Archives;
import dev.millrace.spark.run.Extract;
import dev.millrace.spark.run.RunName;
import dev.millrace.spark.run.ScheduledInstant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Runs one extract: {@code ExtractMain <extract document> [<asOf>]}. Without an asOf it is the
 * instant that the Job's name says ({@link ScheduledInstant}). Exit code 0 published, 1 failed, 3
 * refused by the quality gate, which the Job does not try again (reliability.md §4.3). The last
 * line of standard output, and the container's termination message, is a {@link RunReport}.
 */
public final class ExtractMain {
  static final int FAILED = 1;

  private static final int REFUSED = 3;

  /** Environment variable with the Job's name, set from the pod's label. */
  private static final String JOB_NAME = "MILLRACE_JOB_NAME";

  private static final String FORM = " is not a whole second such as 2026-05-01T02:15:00Z";

  private final long start = System.nanoTime();

  /** ISO 8601; null until it is known. */
  private String asOf;

  private ExtractMain() {}

  /** Runs and exits. */
  public static void main(String[] args) {
    RunReport report = new ExtractMain().report(args, System.getenv(JOB_NAME));
    ReportSink.write(report);
    System.exit(exitCode(report.outcome()));
  }

  static int exitCode(RunOutcome outcome) {
    return switch (outcome) {
      case PUBLISHED, NOTHING_MATURE -> 0;
      case FAILED -> FAILED;
      case REFUSED -> REFUSED;
    };
  }

  private RunReport report(String[] args, String jobName) {
    try {
      return run(args, jobName);
    } catch (RuntimeException | OutOfMemoryError e) {
      e.printStackTrace();
      return Reports.failed(asOf, e, seconds());
    }
  }

  private RunReport run(String[] args, String jobName) {
    if (args.length < 1 || args.length > 2 || args.length == 1 && jobName == null) {
      throw new MillraceFailure(
          Reason.RUN_FAILED,
          "usage: ExtractMain <extract document> <asOf>; a Job made by hand needs an explicit asOf,"
              + " such as 2026-05-01T02:15:00Z");
    }
    Instant instant = args.length == 2 ? instant(args[1]) : ScheduledInstant.of(jobName);
    asOf = instant.toString();
    ExtractDocument document = document(args[0]);
    return SparkSessions.with(
        spark -> {
          try (var archives = new Archives(spark, document)) {
            var outcome = new Extract(spark, document, instant, archives).run();
            return Reports.of(outcome, document.wiring().location(), seconds());
          }
        });
  }

  private long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
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
      Instant instant = Instant.parse(text);
      RunName.of(instant);
      return instant;
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new MillraceFailure(Reason.RUN_FAILED, "asOf \"" + text + "\"" + FORM, e);
    }
  }
}
