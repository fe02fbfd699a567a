package dev.millrace.spark;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.spark.report.ReportSink;
import dev.millrace.spark.report.Reports;
import dev.millrace.spark.storage.CanonicalJson;
import dev.millrace.spark.verify.Verification;
import dev.millrace.spark.verify.VerifyReport;
import dev.millrace.spark.verify.VerifyRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * Runs one extract and proves it: {@code VerifyMain <extract document> <asOf> <request.json>
 * <report.json>}, see {@link VerifyRequest} and {@link VerifyReport}. Exit code 0 if every check
 * held, 1 if the run failed (no report file then), 2 if a check did not hold (the report says
 * which). The last line of standard output is the extract's report.
 */
public final class VerifyMain {
  private static final int CHECK_FAILED = 2;

  private VerifyMain() {}

  /** Runs and exits. */
  public static void main(String[] args) {
    try {
      VerifyReport report = run(args);
      ReportSink.write(report.extract());
      System.exit(report.holds() ? 0 : CHECK_FAILED);
    } catch (RuntimeException | OutOfMemoryError e) {
      e.printStackTrace();
      ReportSink.write(Reports.failed(null, e, 0));
      System.exit(ExtractMain.FAILED);
    }
  }

  private static VerifyReport run(String[] args) {
    if (args.length != 4) {
      throw new MillraceFailure(
          Reason.RUN_FAILED,
          "usage: VerifyMain <extract document> <asOf> <request.json> <report.json>");
    }
    var document = ExtractMain.document(args[0]);
    var asOf = ExtractMain.instant(args[1]);
    VerifyRequest request = request(args[2]);
    long start = System.nanoTime();
    return SparkSessions.with(
        spark -> {
          double sessionSeconds = (System.nanoTime() - start) / 1e9;
          var found = new Verification(spark, document, asOf).run(request);
          var seconds = new TreeMap<>(found.seconds());
          seconds.put("session", sessionSeconds);
          var report =
              new VerifyReport(
                  found.extract(),
                  found.parity(),
                  found.leak(),
                  found.rows(),
                  found.trainingSet(),
                  seconds);
          Files.writeString(Path.of(args[3]), CanonicalJson.inOrder(report));
          return report;
        });
  }

  private static VerifyRequest request(String path) {
    try {
      return CanonicalJson.read(path, Files.readString(Path.of(path)), VerifyRequest.class);
    } catch (IOException e) {
      throw new MillraceFailure(Reason.RUN_FAILED, "the request cannot be read: " + e, e);
    }
  }
}
