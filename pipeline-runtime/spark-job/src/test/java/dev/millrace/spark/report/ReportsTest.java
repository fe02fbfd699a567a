package dev.millrace.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.spark.storage.CanonicalJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReportsTest {
  @Test
  void findsTheReasonAlongTheCauses() {
    var known = new MillraceFailure(Reason.LABELS_LOST, "partition 0 begins at 4");

    var report = Reports.failed("2026-05-01T02:15:00Z", new IllegalStateException("job", known));

    assertThat(report.reason()).isEqualTo("LabelsLost");
    assertThat(report.message()).isEqualTo("MR/LabelsLost: partition 0 begins at 4");
  }

  @Test
  void callsAnythingElseAFailedRun() {
    var report = Reports.failed("2026-05-01T02:15:00Z", new IllegalStateException("no such thing"));

    assertThat(report.reason()).isEqualTo("RunFailed");
    assertThat(report.message()).contains("MR/RunFailed: ").contains("no such thing");
  }

  @Test
  void staysBelowTheLimitWhateverTheMessage() {
    String long3 = "€".repeat(10_000);

    var report = Reports.failed("2026-05-01T02:15:00Z", new IllegalStateException(long3));

    int bytes = CanonicalJson.line(report).getBytes(StandardCharsets.UTF_8).length;
    assertThat(bytes).isLessThan(ExtractReport.MAX_BYTES);
  }
}
