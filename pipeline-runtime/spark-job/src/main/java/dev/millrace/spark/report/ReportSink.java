package dev.millrace.spark.report;

import dev.millrace.contract.RunReport;
import dev.millrace.contract.RunReportText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a report goes: the last line of standard output, and the container's termination message:
 * system property {@value #PROPERTY}, else environment variable {@value #VARIABLE}, else {@code
 * /dev/termination-log} where a kubelet mounted it.
 */
public final class ReportSink {
  public static final String PROPERTY = "millrace.termination.log";
  public static final String VARIABLE = "MILLRACE_TERMINATION_LOG";

  private static final Path KUBELET = Path.of("/dev/termination-log");

  private ReportSink() {}

  /** Writes an extract's report. */
  public static void write(RunReport report) {
    write(RunReportText.of(report));
  }

  /** Writes a report that is one line already. */
  public static void write(String line) {
    Path file = file();
    if (file != null) {
      try {
        Files.writeString(file, line);
      } catch (IOException e) {
        throw new UncheckedIOException("the report cannot be written to " + file, e);
      }
    }
    System.out.println(line);
  }

  private static Path file() {
    String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
    if (named != null) {
      return Path.of(named);
    }
    return Files.exists(KUBELET) ? KUBELET : null;
  }
}
