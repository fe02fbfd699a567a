package dev.millrace.operator.status;

import dev.millrace.contract.DurationText;
import dev.millrace.contract.RunOutcome;
import dev.millrace.contract.RunReport;
import dev.millrace.operator.observe.FinishedRun;
import dev.millrace.v1alpha1.labelwindowstatus.Labels;
import dev.millrace.v1alpha1.labelwindowstatus.LastRun;
import dev.millrace.v1alpha1.labelwindowstatus.lastrun.Consistency;
import dev.millrace.v1alpha1.labelwindowstatus.lastrun.Gate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Optional;

/** {@code status.lastRun} and {@code status.labels}, from the newest run that ended. */
final class RunFigures {
  private static final int DAY_LENGTH = 10;
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  private RunFigures() {}

  static LastRun lastRun(FinishedRun run) {
    Optional<RunReport> report = RunFindings.report(run);
    var lastRun = new LastRun();
    lastRun.setAsOf(
        report
            .map(RunReport::asOf)
            .map(RunFigures::time)
            .or(() -> run.asOf().map(Times::of))
            .orElse(null));
    lastRun.setOutcome(outcome(run, report));
    report.ifPresent(told -> fill(lastRun, told));
    return lastRun;
  }

  private static void fill(LastRun lastRun, RunReport report) {
    lastRun.setRows(report.rows());
    lastRun.setFiles(report.files());
    lastRun.setDurationSeconds(report.durationSeconds());
    lastRun.setLocation(report.location());
    lastRun.setManifest(report.manifest());
    if (report.consistency() != null) {
      var consistency = new Consistency();
      consistency.setRows(report.consistency().rows());
      consistency.setMismatches(report.consistency().mismatches());
      lastRun.setConsistency(consistency);
    }
    if (report.gate() != null) {
      lastRun.setGate(report.gate().worst().stream().map(RunFigures::figure).toList());
    }
  }

  private static LastRun.Outcome outcome(FinishedRun run, Optional<RunReport> report) {
    Optional<RunOutcome> told = report.map(RunReport::outcome);
    RunOutcome silent =
        switch (run.end()) {
          case COMPLETED -> null;
          case REFUSED -> RunOutcome.REFUSED;
          case FAILED, TIMED_OUT -> RunOutcome.FAILED;
        };
    RunOutcome outcome = told.orElse(silent);
    return outcome == null
        ? null
        : Arrays.stream(LastRun.Outcome.values())
            .filter(word -> word.getValue().equals(outcome.text()))
            .findFirst()
            .orElseThrow();
  }

  private static Gate figure(RunReport.Figure figure) {
    var gate = new Gate();
    gate.setColumn(figure.column());
    gate.setCheck(
        Arrays.stream(Gate.Check.values())
            .filter(word -> word.getValue().equals(figure.check().text()))
            .findFirst()
            .orElseThrow());
    gate.setValue(figure.value());
    gate.setLimit(figure.limit());
    gate.setPassed(figure.passed());
    return gate;
  }

  /** Counts that this run did not make stay as they were. */
  static Labels labels(RunReport.Labels counts, Labels previous) {
    var labels = new Labels();
    labels.setPending(counts.pending());
    labels.setMature(counts.mature());
    labels.setFinalised(counts.finalised());
    labels.setPositives(counts.positives());
    labels.setCorrected(
        counts.corrected() == null && previous != null
            ? previous.getCorrected()
            : counts.corrected());
    labels.setOldestPending(
        counts.oldestPending() == null ? null : counts.oldestPending().substring(0, DAY_LENGTH));
    labels.setNextMaturity(counts.nextMaturity() == null ? null : time(counts.nextMaturity()));
    labels.setLabelWatermark(
        counts.labelWatermark() == null ? null : time(counts.labelWatermark()));
    labels.setDelayP99(counts.delayP99Millis() == null ? null : delay(counts.delayP99Millis()));
    return labels;
  }

  /** A delay rounded up, in hours below two days. */
  private static String delay(long millis) {
    long unit = millis < 2 * DAY ? HOUR : DAY;
    return DurationText.text(Math.max(0, -Math.floorDiv(-millis, unit) * unit));
  }

  private static ZonedDateTime time(String instant) {
    return Times.of(Instant.parse(instant));
  }
}
