package dev.millrace.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.contract.RunOutcome;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private static final String AS_OF = "2026-05-01T02:15:00Z";

  @Test
  void findsTheReasonAlongTheCauses() {
    var known = new MillraceFailure(Reason.LABELS_LOST, "partition 0 begins at 4");

    var report = Reports.failed(AS_OF, new IllegalStateException("job", known), 3);

    assertThat(report.outcome()).isEqualTo(RunOutcome.FAILED);
    assertThat(report.reason()).isEqualTo(Reason.LABELS_LOST);
    assertThat(report.message()).isEqualTo("MR/LabelsLost: partition 0 begins at 4");
    assertThat(report.asOf()).isEqualTo(AS_OF);
    assertThat(report.durationSeconds()).isEqualTo(3);
  }

  @Test
  void namesTheClassesOfAnythingElseAndNoneOfItsText() {
    var unknown =
        new IllegalStateException("key AKIA1234", new IllegalArgumentException("hunter2"));

    var report = Reports.failed(AS_OF, unknown, 0);

    assertThat(report.reason()).isEqualTo(Reason.RUN_FAILED);
    assertThat(report.message())
        .startsWith(
            "MR/RunFailed: java.lang.IllegalStateException, caused by"
                + " java.lang.IllegalArgumentException")
        .doesNotContain("AKIA", "hunter2");
  }

  @Test
  void seesThatMemoryRanOut() {
    var report = Reports.failed(AS_OF, new IllegalStateException(new OutOfMemoryError("heap")), 0);

    assertThat(report.reason()).isEqualTo(Reason.OUT_OF_MEMORY);
  }
}
