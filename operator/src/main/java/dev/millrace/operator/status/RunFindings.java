package dev.millrace.operator.status;

import dev.millrace.contract.DurationText;
import dev.millrace.contract.KnownFailure;
import dev.millrace.contract.Reason;
import dev.millrace.contract.RunOutcome;
import dev.millrace.contract.RunReport;
import dev.millrace.contract.RunReportResult;
import dev.millrace.operator.observe.FinishedRun;
import dev.millrace.operator.observe.RunEnd;
import java.util.Optional;

/**
 * LastRunSucceeded: how the newest run ended. None of its findings touches Ready, Reconciling or
 * Stalled (reliability.md §4.4).
 */
final class RunFindings {
  private final FinishedRun run;
  private final long timeoutMillis;

  RunFindings(FinishedRun run, long timeoutMillis) {
    this.run = run;
    this.timeoutMillis = timeoutMillis;
  }

  /** What the run reported, if that could be read. */
  static Optional<RunReport> report(FinishedRun run) {
    return run.report() instanceof RunReportResult.Read read
        ? Optional.of(read.report())
        : Optional.empty();
  }

  Finding lastRun() {
    return report(run).map(this::reported).orElseGet(this::silent);
  }

  private Finding reported(RunReport report) {
    boolean completed = run.end() == RunEnd.COMPLETED;
    return switch (report.outcome()) {
      case PUBLISHED ->
          completed
              ? Finding.holds(Reason.PUBLISHED, name() + " published " + report.rows() + " rows")
              : fails(Reason.RUN_FAILED, "published its rows, then failed; look at its log");
      case NOTHING_MATURE ->
          completed
              ? Finding.holds(Reason.NOTHING_MATURE, name() + " found no mature anchor")
              : fails(Reason.RUN_FAILED, "found no mature anchor, then failed; look at its log");
      case REFUSED -> fails(Reason.GATE_REFUSED, "was refused by the quality gate" + why(report));
      case FAILED ->
          fails(
              report.failure().map(KnownFailure::reason).orElse(Reason.RUN_FAILED),
              "failed" + why(report));
    };
  }

  /** The message went with the pod, or there never was one: silence is not success. */
  private Finding silent() {
    return switch (run.end()) {
      case COMPLETED ->
          Finding.unknown(
              Reason.NO_REPORT, name() + " ended without a report; look at its log", Weight.NOTED);
      case REFUSED ->
          fails(Reason.GATE_REFUSED, "was refused by the quality gate; look at its log");
      case TIMED_OUT ->
          fails(
              Reason.TIMED_OUT,
              "took longer than "
                  + DurationText.text(timeoutMillis)
                  + "; raise spec.extract.timeout or give it more");
      case FAILED ->
          run.outOfMemory()
              ? fails(
                  Reason.OUT_OF_MEMORY, "ran out of memory; raise spec.extract.spark.driver.memory")
              : fails(Reason.RUN_FAILED, "failed without a report; look at its log");
    };
  }

  private Finding fails(Reason reason, String what) {
    return Finding.fails(reason, name() + " " + what, Weight.NOTED);
  }

  private String name() {
    return "run " + run.asOf().map(String::valueOf).orElse(run.job());
  }

  private static String why(RunReport report) {
    return report
        .failure()
        .map(KnownFailure::text)
        .filter(text -> !text.isEmpty())
        .map(text -> ": " + text)
        .orElse("");
  }

  /** Whether a run put rows into the training set. */
  static boolean published(RunReport report) {
    return report.outcome() == RunOutcome.PUBLISHED;
  }
}
