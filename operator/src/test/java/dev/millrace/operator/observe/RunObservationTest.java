package dev.millrace.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.RunOutcome;
import dev.millrace.contract.RunReport;
import dev.millrace.contract.RunReportResult;
import dev.millrace.contract.RunReportText;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunObservationTest {
  private static final String OLD = "chargeback-45d-29394375";
  private static final String NEW = "chargeback-45d-29394376";

  @Test
  void nothingRanYet() {
    assertThat(RunObservation.of(List.of(), List.of())).isEqualTo(RunObservation.NONE);
  }

  @Test
  void readsTheNewestEndAndTheRunThatIsActive() {
    RunReport report =
        RunReport.unpublished("2025-11-21T00:16:00Z", RunOutcome.NOTHING_MATURE, null, null, 12);
    Job active = job("chargeback-45d-29394377", "");
    List<Job> jobs =
        List.of(
            job(
                NEW,
                "{type: Complete, status: \"True\", lastTransitionTime: \"%s\"}"
                    .formatted("2026-11-22T02:20:00Z")),
            active,
            job(
                OLD,
                "{type: Failed, status: \"True\", reason: BackoffLimitExceeded,"
                    + " lastTransitionTime: \"2026-11-21T02:20:00Z\"}"));
    Pod pod = pod(NEW, "2026-11-22T02:19:59Z", "Completed", RunReportText.of(report));

    RunObservation runs =
        RunObservation.of(jobs, List.of(pod(OLD, "2026-11-21T02:19:00Z", "Error", "x"), pod));

    assertThat(runs.active()).contains(active.getMetadata().getName());
    FinishedRun finished = runs.finished().orElseThrow();
    assertThat(finished.job()).isEqualTo(NEW);
    assertThat(finished.asOf()).contains(Instant.ofEpochSecond(29394376L * 60));
    assertThat(finished.end()).isEqualTo(RunEnd.COMPLETED);
    assertThat(finished.report()).isEqualTo(new RunReportResult.Read(report));
    assertThat(finished.outOfMemory()).isFalse();
  }

  @Test
  void readsEveryEndOfAJob() {
    assertThat(failed("BackoffLimitExceeded").end()).isEqualTo(RunEnd.FAILED);
    assertThat(failed("DeadlineExceeded").end()).isEqualTo(RunEnd.TIMED_OUT);
    assertThat(failed("PodFailurePolicy").end()).isEqualTo(RunEnd.REFUSED);
    assertThat(failed("SomethingNew").end()).isEqualTo(RunEnd.FAILED);
    assertThat(failed("DeadlineExceeded").report()).isEqualTo(new RunReportResult.Absent());
  }

  @Test
  void takesTheLastPodsWord() {
    String condition =
        "{type: Failed, status: \"True\", reason: BackoffLimitExceeded, lastTransitionTime: \"\"}";
    FinishedRun run =
        RunObservation.of(
                List.of(job(OLD, condition)),
                List.of(
                    pod(OLD, "2026-11-21T02:19:00Z", "OOMKilled", ""),
                    pod(OLD, "2026-11-21T02:17:00Z", "Error", "first")))
            .finished()
            .orElseThrow();

    assertThat(run.outOfMemory()).isTrue();
    assertThat(run.report()).isEqualTo(new RunReportResult.Absent());
  }

  @Test
  void aJobOfAnotherNameHasNoInstant() {
    assertThat(RunReader.asOf("chargeback-45d-by-hand")).isEmpty();
    assertThat(RunReader.asOf("x-12")).isEmpty();
    assertThat(RunReader.asOf("x-99999999999999999999")).isEmpty();
  }

  private static FinishedRun failed(String reason) {
    String condition =
        "{type: FailureTarget, status: \"True\"}, {type: Failed, status: \"True\", reason: "
            + reason
            + "}";
    return RunObservation.of(List.of(job(OLD, condition)), List.of()).finished().orElseThrow();
  }

  private static Job job(String name, String conditions) {
    return Objects.of(
        "{kind: Job, metadata: {name: %s}, status: {conditions: [%s]}}".formatted(name, conditions),
        Job.class);
  }

  private static Pod pod(String job, String finishedAt, String reason, String message) {
    String yaml =
        """
        kind: Pod
        metadata: {name: p, labels: {batch.kubernetes.io/job-name: %s}}
        status:
          containerStatuses:
          - {name: extract, state: {terminated: {exitCode: 1, reason: %s, finishedAt: "%s", message: '%s'}}}
        """;
    return Objects.of(yaml.formatted(job, reason, finishedAt, message), Pod.class);
  }
}
