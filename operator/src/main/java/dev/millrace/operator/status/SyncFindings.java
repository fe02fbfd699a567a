package dev.millrace.operator.status;

import dev.millrace.contract.JobReport;
import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.JobFailure;
import dev.millrace.operator.observe.JobObservation;
import dev.millrace.operator.plan.PlanResult;
import java.util.Optional;

/** DefinitionInSync: whether the version that readers see is the one the spec asks for. */
final class SyncFindings {
  private final PipelineContext context;
  private final Findings findings;

  SyncFindings(PipelineContext context, Findings findings) {
    this.context = context;
    this.findings = findings;
  }

  void conclude() {
    PipelineOutcome outcome = context.outcome();
    outcome
        .heldBack()
        .ifPresent(text -> complain(Finding.fails(Reason.UPGRADING, text, Weight.WAIT)));
    if (context.catchingUp()) {
      complain(catchingUp());
    }
    notAccepted().ifPresent(this::complain);
    findings.conclude(ConditionType.DEFINITION_IN_SYNC, served());
  }

  /** A job that only restarts still computes the same definition. */
  private Finding served() {
    int version = context.servedVersion();
    if (context.plan().suspended()) {
      return Finding.holds(Reason.IN_SYNC, "version " + version + " is in force, and suspended");
    }
    Finding stream = findings.of(ConditionType.STREAM_RUNNING).orElseThrow();
    Finding served = Finding.holds(Reason.IN_SYNC, "version " + version + " is served");
    boolean starts = stream.reason() == Reason.STARTING || stream.reason() == Reason.WAITING;
    boolean servedBefore =
        context
            .conditions()
            .before(ConditionType.DEFINITION_IN_SYNC)
            .map(Finding::isTrue)
            .orElse(false);
    return stream.isTrue() || servedBefore && !starts
        ? served
        : Finding.fails(
            Reason.STARTING, "version " + version + " does not run yet; wait", Weight.WAIT);
  }

  private void complain(Finding finding) {
    findings.complain(ConditionType.DEFINITION_IN_SYNC, finding);
  }

  /** The spec is not the one in force; SpecValid or ReferencesResolved says why. */
  private Optional<Finding> notAccepted() {
    PipelineOutcome outcome = context.outcome();
    boolean waits = outcome.planned() instanceof PlanResult.Waiting<?>;
    Finding spec = findings.of(ConditionType.SPEC_VALID).orElseThrow();
    if (spec.isTrue() && !waits) {
      return Optional.empty();
    }
    String text =
        "generation "
            + outcome.generation()
            + (waits ? " waits for what it names" : " is refused")
            + ", version "
            + context.plan().version()
            + " stays in force";
    return Optional.of(Finding.fails(waits ? Reason.WAITING : spec.reason(), text, Weight.NOTED));
  }

  private Finding catchingUp() {
    int version = context.plan().version();
    Optional<JobObservation> job = context.job(version);
    Optional<ChildHealth> health = job.flatMap(context::health);
    if (context.plan().suspended()) {
      return Finding.fails(
          Reason.SUSPENDED, "version " + version + " has stopped replaying", Weight.NOTED);
    }
    if (health.isEmpty()) {
      return upgrading("version " + version + " waits for topics and store", Weight.WAIT);
    }
    Optional<Finding> unhealthy = Finding.of(health.get());
    if (unhealthy.isPresent()) {
      return upgrading(unhealthy.get().message(), unhealthy.get().weight());
    }
    Optional<JobFailure> failure = job.get().failure();
    if (failure.isPresent()) {
      boolean user = failure.get().reason().remedy() == Reason.Remedy.USER;
      return upgrading(
          user ? failure.get().text() : StreamFindings.restartText(job.get()),
          user ? Weight.USER : Weight.WAIT);
    }
    return Finding.fails(Reason.REPLAYING, replayText(job.get()), Weight.WAIT);
  }

  private Finding upgrading(String message, Weight weight) {
    return Finding.fails(
        Reason.UPGRADING, message + "; readers stay on version " + context.servedVersion(), weight);
  }

  private String replayText(JobObservation job) {
    int percent = Replay.percent(job.report()).orElse(0) / 10 * 10;
    long span = Replay.spanMillis(job.report()).orElse(context.plan().replayMillis());
    return "version "
        + job.version()
        + " has replayed "
        + percent
        + " % of "
        + Texts.span(span)
        + ", readers stay on version "
        + context.servedVersion();
  }

  /** How far a replay has come. */
  static final class Replay {
    private Replay() {}

    /** Percent done, at most 99: the rest is the switch; empty while nothing is known. */
    static Optional<Integer> percent(Optional<JobReport> report) {
      return spanMillis(report)
          .map(
              span -> {
                long done = report.get().clock() - report.get().startClock();
                return (int) Math.max(0, Math.min(99, span <= 0 ? 99 : done * 100 / span));
              });
    }

    /** From the first grid point of the replay to the one it has to reach. */
    static Optional<Long> spanMillis(Optional<JobReport> report) {
      return report
          .filter(it -> it.clock() != null && it.startClock() != null && it.servedClock() != null)
          .map(it -> it.servedClock() - it.startClock());
    }
  }
}
