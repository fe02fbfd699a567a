package dev.millrace.spark.cleanup;

import dev.millrace.contract.CleanUpDocument;
import dev.millrace.contract.CleanUpReport;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.spark.SparkSessions;
import dev.millrace.spark.report.Failures;
import dev.millrace.spark.report.ReportSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Deletes what a resource with {@code deletionPolicy: Delete} leaves behind: {@code CleanUpMain
 * <clean-up document>}. Exit code 0 when all is gone, 1 when not; then it may run again. The last
 * line of standard output, and the container's termination message, is a {@link CleanUpReport}.
 */
public final class CleanUpMain {
  private static final int FAILED = 1;

  private CleanUpMain() {}

  /** Runs and exits. */
  public static void main(String[] args) {
    CleanUpReport report = report(args);
    ReportSink.write(report.json());
    System.exit(report.reason() == null ? 0 : FAILED);
  }

  private static CleanUpReport report(String[] args) {
    try {
      return run(args);
    } catch (RuntimeException | OutOfMemoryError e) {
      e.printStackTrace();
      Failures known = Failures.of(e, Reason.CLEAN_UP_FAILED);
      return CleanUpReport.failed(known.reason(), known.message());
    }
  }

  private static CleanUpReport run(String[] args) {
    if (args.length != 1) {
      throw new MillraceFailure(
          Reason.DEFINITION_REFUSED, "usage: CleanUpMain <clean-up document>");
    }
    CleanUpDocument document = document(args[0]);
    return SparkSessions.with(spark -> CleanUp.run(spark, document));
  }

  private static CleanUpDocument document(String path) {
    try {
      return DocumentCodec.readCleanUp(Files.readString(Path.of(path)));
    } catch (IOException e) {
      throw new MillraceFailure(
          Reason.DEFINITION_REFUSED, "the clean-up document " + path + " cannot be read", e);
    }
  }
}
