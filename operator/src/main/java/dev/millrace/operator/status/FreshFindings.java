package dev.millrace.operator.status;

import dev.millrace.contract.DurationText;
import dev.millrace.contract.JobReport;
import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.JobObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Checkpointing and Fresh of the served job; neither touches Ready (experience.md §2). */
final class FreshFindings {
  private static final int INTERVALS = 5;

  /** The REST is read once a minute, so a younger checkpoint may simply not be known yet. */
  private static final Duration YOUNGEST_OVERDUE = Duration.ofMinutes(3);

  /** What Fresh says before it was True for the first time. */
  private static final Set<Reason> BEFORE_FIRST =
      EnumSet.of(Reason.UNDECIDED, Reason.UNOBSERVED, Reason.STARTING, Reason.REPLAYING);

  private final PipelineContext context;
  private final Findings findings;

  FreshFindings(PipelineContext context, Findings findings) {
    this.context = context;
    this.findings = findings;
  }

  void conclude() {
    Optional<Finding> undecided = undecided();
    findings.conclude(ConditionType.CHECKPOINTING, undecided.orElseGet(this::checkpointing));
    findings.conclude(ConditionType.FRESH, undecided.orElseGet(this::fresh));
  }

  private Optional<Finding> undecided() {
    Optional<JobObservation> job = context.servedJob();
    if (context.plan().suspended()) {
      return Optional.of(Finding.unknown(Reason.SUSPENDED, "the job is suspended", Weight.NOTED));
    }
    return job.filter(JobObservation::unreachable)
        .map(
            unreachable ->
                Finding.unknown(
                    Reason.JOB_UNREACHABLE,
                    StreamFindings.unreachableText(unreachable),
                    Weight.AWAY));
  }

  private Finding checkpointing() {
    Optional<Instant> last = context.lastCheckpoint();
    if (last.isEmpty()) {
      return Finding.unknown(
          Reason.STARTING, "no checkpoint has completed yet; wait", Weight.NOTED);
    }
    Duration age = Duration.between(last.get(), context.now());
    Duration overdue =
        Duration.ofMillis(INTERVALS * context.plan().stream().checkpointIntervalMillis());
    if (age.compareTo(overdue) <= 0 || age.compareTo(YOUNGEST_OVERDUE) <= 0) {
      return Finding.holds(Reason.CHECKPOINTING, "checkpoints complete");
    }
    return Finding.fails(
        Reason.CHECKPOINT_OVERDUE,
        "no checkpoint has completed for more than "
            + Texts.reached(age)
            + ", the interval is "
            + DurationText.text(context.plan().stream().checkpointIntervalMillis())
            + "; look at the job's checkpoints and back-pressure",
        Weight.NOTED);
  }

  private Finding fresh() {
    Optional<Instant> clock = context.clock();
    if (clock.isEmpty()) {
      return Finding.unknown(Reason.STARTING, "no row has been written yet; wait", Weight.NOTED);
    }
    Duration lag = Duration.between(clock.get(), context.now());
    Duration target = Duration.ofMillis(context.plan().freshnessTargetMillis());
    if (lag.compareTo(target) <= 0) {
      return Finding.holds(
          Reason.FRESH, "rows are at most " + DurationText.text(target.toMillis()) + " behind");
    }
    Duration silent = Duration.ofMillis(context.plan().stream().idleTimeoutMillis());
    return idle() && lag.compareTo(target.plus(silent)) <= 0
        ? Finding.holds(Reason.SOURCE_IDLE, "every partition is silent and consumed")
        : stale(lag, target);
  }

  private Finding stale(Duration lag, Duration target) {
    Reason cause = cause();
    return Finding.fails(
        cause,
        "rows are more than "
            + Texts.reached(lag)
            + " behind, the target is "
            + DurationText.text(target.toMillis())
            + ": "
            + cause.meaning()
            + "; "
            + cause.nextStep(),
        Weight.NOTED);
  }

  private Reason cause() {
    boolean storeFails =
        findings
            .of(ConditionType.ONLINE_STORE_READY)
            .map(finding -> finding.status().equals(Finding.FALSE))
            .orElse(false);
    if (storeFails) {
      return Reason.SINK_BLOCKED;
    }
    if (idle()) {
      return Reason.EVENTS_ARRIVE_OLD;
    }
    boolean neverFresh =
        context
            .conditions()
            .before(ConditionType.FRESH)
            .map(before -> !before.isTrue() && BEFORE_FIRST.contains(before.reason()))
            .orElse(true);
    return neverFresh ? Reason.REPLAYING : Reason.JOB_BEHIND;
  }

  private boolean idle() {
    return context
        .servedJob()
        .flatMap(JobObservation::report)
        .map(JobReport::sourceIdle)
        .orElse(false);
  }
}
