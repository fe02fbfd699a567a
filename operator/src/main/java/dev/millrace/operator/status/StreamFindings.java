package dev.millrace.operator.status;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.JobFailure;
import dev.millrace.operator.observe.JobObservation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * StreamRunning (experience.md §2): True only after a completed checkpoint of the job that runs
 * now; what keeps the served job from running also shows in the condition its reason belongs to.
 */
final class StreamFindings {
  /** Fewer failures within ten minutes are left to the restart strategy without a word. */
  private static final int OVER_AND_OVER = 3;

  private final PipelineContext context;
  private final Findings findings;

  StreamFindings(PipelineContext context, Findings findings) {
    this.context = context;
    this.findings = findings;
  }

  /** Says how the served job is. */
  void conclude() {
    Optional<JobObservation> job = context.servedJob();
    Optional<ChildHealth> health = job.flatMap(context::health);
    if (health.isEmpty()) {
      absent();
      return;
    }
    Optional<Finding> unhealthy =
        Finding.of(health.get())
            .map(found -> restarting(job.get(), found))
            .map(found -> upgrading(job.get(), found));
    unhealthy.ifPresent(this::show);
    failing(job.get());
    if (unhealthy.isEmpty() && context.plan().suspended()) {
      findings.conclude(
          ConditionType.STREAM_RUNNING,
          Finding.fails(Reason.SUSPENDED, suspendedText(), Weight.NOTED));
    } else if (unhealthy.isEmpty()) {
      healthy(job.get());
    }
  }

  private void absent() {
    findings.conclude(
        ConditionType.STREAM_RUNNING,
        context.plan().suspended()
            ? Finding.fails(Reason.SUSPENDED, suspendedText(), Weight.NOTED)
            : Finding.fails(
                Reason.WAITING, "the job waits for topics, store and definition", Weight.WAIT));
  }

  /**
   * In StreamRunning, and in the condition that the reason belongs to. While a new version catches
   * up, the user has done what only the user could do.
   */
  private void show(Finding finding) {
    boolean remedied = finding.weight() == Weight.USER && context.catchingUp();
    Finding shown = remedied ? finding.weighing(Weight.WAIT) : finding;
    Placement.ofPipeline(shown.reason()).ifPresent(type -> findings.complain(type, shown));
    findings.complain(ConditionType.STREAM_RUNNING, shown);
  }

  /** What the job itself said; a dependency that is away leaves StreamRunning alone. */
  private void failing(JobObservation job) {
    if (job.failure().isEmpty()) {
      return;
    }
    JobFailure failure = job.failure().get();
    Weight weight = Weight.of(failure.reason().remedy());
    if (weight.keepsFromReady() && failure.reason() != Reason.RESTARTING) {
      show(Finding.fails(failure.reason(), failure.text(), weight));
    } else if (weight == Weight.AWAY) {
      Placement.ofPipeline(failure.reason())
          .ifPresent(
              type ->
                  findings.complain(type, Finding.fails(failure.reason(), failure.text(), weight)));
    }
  }

  private void healthy(JobObservation job) {
    if (restartsOverAndOver(job)) {
      findings.complain(
          ConditionType.STREAM_RUNNING,
          Finding.fails(Reason.RESTARTING, restartText(job), Weight.WAIT));
    }
    findings.conclude(ConditionType.STREAM_RUNNING, running(job));
  }

  private Finding running(JobObservation job) {
    boolean ranBefore =
        context
            .conditions()
            .before(ConditionType.STREAM_RUNNING)
            .map(Finding::isTrue)
            .orElse(false);
    if (job.lastCheckpoint().isPresent() || ranBefore && job.figures().isEmpty()) {
      return Finding.holds(Reason.RUNNING, "job " + job.name() + " runs");
    }
    return job.unreachable()
        ? Finding.unknown(Reason.JOB_UNREACHABLE, unreachableText(job), Weight.WAIT)
        : Finding.fails(
            Reason.STARTING,
            "job " + job.name() + " runs and has not completed a checkpoint yet; wait",
            Weight.WAIT);
  }

  private static boolean restartsOverAndOver(JobObservation job) {
    return job.restarts() >= OVER_AND_OVER
        && job.failure().map(JobFailure::reason).orElse(null) == Reason.RESTARTING;
  }

  private static Finding restarting(JobObservation job, Finding finding) {
    return finding.reason() == Reason.RESTARTING && job.restarts() > 0
        ? Finding.fails(Reason.RESTARTING, restartText(job), finding.weight())
        : finding;
  }

  /** A change that waits for the savepoint of what runs now (reliability.md §6, row 76). */
  private Finding upgrading(JobObservation job, Finding finding) {
    long running = RunningGeneration.of(context.previous());
    long generation = context.outcome().generation();
    boolean pending =
        finding.reason() == Reason.UPGRADING
            && job.view().map(view -> !view.observed()).orElse(false);
    return pending && running > 0 && running < generation
        ? Finding.fails(
            Reason.UPGRADING, RunningGeneration.text(generation, running), finding.weight())
        : finding;
  }

  static String restartText(JobObservation job) {
    return "job "
        + job.name()
        + " failed "
        + Texts.atLeast(job.restarts())
        + (job.restarts() == 1 ? " time" : " times")
        + " in 10 min"
        + job.failure().map(failure -> ", last cause: " + failure.text()).orElse("")
        + "; it is started again";
  }

  static String unreachableText(JobObservation job) {
    return "the REST of job "
        + job.name()
        + " has not answered "
        + JobObservation.MOST_MISSED_READS
        + " times in a row; check the network policies of its pods";
  }

  /** How long readers still see values (reliability.md §2, row L18). */
  String suspendedText() {
    Optional<Instant> written = context.lastCheckpoint().or(context::clock);
    return written
        .map(at -> at.plusMillis(context.plan().definition().onlineTtlMillis()))
        .map(at -> "values expire from " + at.truncatedTo(ChronoUnit.MINUTES) + " on")
        .orElse("the job has not run yet; set spec.suspend: false to start it");
  }
}
