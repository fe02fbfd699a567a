package dev.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanUpReportTest {
  @Test
  void isReadAsItWasWritten() {
    var report = new CleanUpReport(1, null, null, 12, 10, 4, List.of("notes.txt"));

    assertThat(CleanUpReport.parse(report.json())).contains(report);
  }

  @Test
  void staysSmallAndOnOneLine() {
    var report =
        new CleanUpReport(
            1,
            Reason.STORAGE_FAILED,
            "MR/StorageFailed: " + "€\"".repeat(5_000),
            Long.MAX_VALUE >> 11,
            0,
            0,
            Collections.nCopies(1_000, "\"\n".repeat(500) + "€".repeat(500)));

    assertThat(report.json().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(RunReportResult.LIMIT);
    assertThat(report.json()).doesNotContain("\n");
  }

  @Test
  void anythingElseIsNoReport() {
    String good = CleanUpReport.failed(Reason.ACCESS_DENIED, "MR/AccessDenied: no").json();

    assertThat(CleanUpReport.parse(good)).isPresent();
    assertThat(CleanUpReport.parse(null)).isEmpty();
    assertThat(CleanUpReport.parse("")).isEmpty();
    assertThat(CleanUpReport.parse("null")).isEmpty();
    assertThat(CleanUpReport.parse(good.replace("\"keys\":0", "\"keys\":-1"))).isEmpty();
    assertThat(CleanUpReport.parse(good.substring(1))).isEmpty();
    assertThat(CleanUpReport.parse(good + " ".repeat(5_000))).isEmpty();
    assertThat(CleanUpReport.parse(good.replace("AccessDenied\"", "NotYetKnown\"")))
        .hasValueSatisfying(
            report -> assertThat(report.reason()).isEqualTo(Reason.CLEAN_UP_FAILED));
  }
}
