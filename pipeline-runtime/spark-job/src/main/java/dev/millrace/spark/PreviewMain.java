package dev.millrace.spark;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.spark.report.ReportSink;
import dev.millrace.spark.report.Reports;
import dev.millrace.spark.storage.CanonicalJson;
import dev.millrace.spark.verify.Preview;
import dev.millrace.spark.verify.PreviewReport;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Shows what an extract would publish without running it: {@code PreviewMain <extract document>
 * <asOf> <rows> <leak check's anchors> <report.json>}, see {@link PreviewReport}. Exit code 0, or 1
 * with a failed run's report as the last line of standard output.
 */
public final class PreviewMain {
  private PreviewMain() {}

  /** Runs and exits. */
  public static void main(String[] args) {
    try {
      run(args);
      System.exit(0);
    } catch (RuntimeException | OutOfMemoryError e) {
      e.printStackTrace();
      ReportSink.write(Reports.failed(null, e, 0));
      System.exit(ExtractMain.FAILED);
    }
  }

  private static void run(String[] args) {
    if (args.length != 5) {
      throw new MillraceFailure(
          Reason.RUN_FAILED,
          "usage: PreviewMain <extract document> <asOf> <rows> <anchors> <report.json>");
    }
    var document = ExtractMain.document(args[0]);
    var asOf = ExtractMain.instant(args[1]);
    int rows = Integer.parseInt(args[2]);
    int anchors = Integer.parseInt(args[3]);
    SparkSessions.with(
        spark -> {
          PreviewReport report = new Preview(spark, document, asOf).of(rows, anchors);
          return Files.writeString(Path.of(args[4]), CanonicalJson.inOrder(report));
        });
  }
}
