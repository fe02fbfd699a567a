package dev.millrace.operator.status;

import dev.millrace.contract.Reason;
import dev.millrace.contract.RunReport;
import dev.millrace.operator.observe.ChildGroup;
import dev.millrace.operator.observe.ChildObservation;
import dev.millrace.operator.observe.FinishedRun;
import dev.millrace.operator.plan.LabelWindowPlan;
import java.util.Optional;

/** All findings of a LabelWindow: complaints first, then what is to be said without one. */
final class LabelWindowFindings {
  private static final String SUSPENDED =
      "no extract is scheduled; set spec.suspend: false to go on";

  private final LabelWindowOutcome outcome;
  private final Conditions conditions;
  private final Findings findings = new Findings();

  LabelWindowFindings(LabelWindowOutcome outcome, Conditions conditions) {
    this.outcome = outcome;
    this.conditions = conditions;
  }

  Findings find(long observedBefore) {
    findings.complain(
        ConditionType.SPEC_VALID, SpecFindings.specValid(outcome.planned(), outcome.diff()));
    findings.complain(
        ConditionType.REFERENCES_RESOLVED,
        SpecFindings.references(outcome.planned(), outcome.missingReferences()));
    for (ApplyFailure failure : outcome.failures()) {
      findings.complain(
          place(failure), PipelineFindings.failed(failure, observedBefore == outcome.generation()));
    }
    for (ChildObservation child : outcome.children()) {
      Finding.of(child.health())
          .ifPresent(finding -> findings.complain(Placement.ofLabelWindow(child.group()), finding));
    }
    outcome.inForce().ifPresentOrElse(this::deployed, this::notDeployed);
    runs();
    return findings;
  }

  private static ConditionType place(ApplyFailure failure) {
    boolean reference =
        Placement.ofPipeline(failure.reason())
            .filter(type -> type == ConditionType.REFERENCES_RESOLVED)
            .isPresent();
    return reference
        ? ConditionType.REFERENCES_RESOLVED
        : Placement.ofLabelWindow(ChildGroup.ofKind(failure.ref().kind()));
  }

  private void notDeployed() {
    findings.conclude(ConditionType.TOPIC_READY, SpecFindings.NOTHING_DEPLOYED);
    findings.conclude(ConditionType.SCHEDULED, SpecFindings.NOT_DEPLOYED);
  }

  private void deployed(LabelWindowPlan plan) {
    boolean made = made(ChildGroup.TOPIC);
    findings.conclude(
        ConditionType.TOPIC_READY,
        plan.topic().managed() && !made
            ? Finding.fails(Reason.WAITING, "no KafkaTopic has been made yet; wait", Weight.WAIT)
            : Finding.holds(
                Reason.READY,
                "topic "
                    + plan.topic().kafkaName()
                    + (plan.topic().managed() ? " is ready" : " is not managed")));
    findings.conclude(ConditionType.SCHEDULED, scheduled(plan));
  }

  private Finding scheduled(LabelWindowPlan plan) {
    if (plan.suspended()) {
      return Finding.fails(Reason.SUSPENDED, SUSPENDED, Weight.NOTED);
    }
    return made(ChildGroup.SCHEDULE)
        ? Finding.holds(
            Reason.SCHEDULED, plan.extract().schedule() + " in " + plan.extract().timeZone())
        : Finding.fails(Reason.WAITING, "the schedule waits for the topic", Weight.WAIT);
  }

  private boolean made(ChildGroup group) {
    return outcome.children().stream().anyMatch(child -> child.group() == group);
  }

  private void runs() {
    Optional<FinishedRun> run = outcome.runs().finished();
    Optional<LabelFindings> data = run.flatMap(RunFindings::report).map(LabelFindings::new);
    long timeout = outcome.inForce().map(plan -> plan.extract().timeoutMillis()).orElse(0L);
    concludeOrKeep(ConditionType.LABELS_FLOWING, data.flatMap(LabelFindings::labelsFlowing));
    concludeOrKeep(
        ConditionType.LAST_RUN_SUCCEEDED,
        run.map(ended -> new RunFindings(ended, timeout).lastRun()));
    concludeOrKeep(
        ConditionType.DATA_QUALITY,
        data.flatMap(LabelFindings::dataQuality).or(() -> run.flatMap(this::refused)));
  }

  /** A refused gate whose report is gone is still a refused gate. */
  private Optional<Finding> refused(FinishedRun run) {
    boolean told = RunFindings.report(run).map(RunReport::gate).isPresent();
    Finding lastRun = new RunFindings(run, 0).lastRun();
    return !told && lastRun.reason() == Reason.GATE_REFUSED
        ? Optional.of(Finding.fails(Reason.GATE_REFUSED, lastRun.message(), Weight.NOTED))
        : Optional.empty();
  }

  /** What the runs show, else what was known before, else that there was none yet. */
  private void concludeOrKeep(ConditionType type, Optional<Finding> found) {
    findings.conclude(
        type,
        found
            .or(() -> conditions.before(type))
            .orElse(
                Finding.unknown(Reason.NO_RUN_YET, "the extract has not run yet", Weight.NOTED)));
  }

  /** What Ready says if nothing keeps it from True. */
  Finding ready() {
    boolean suspended = outcome.inForce().map(LabelWindowPlan::suspended).orElse(false);
    return suspended
        ? Finding.holds(Reason.SUSPENDED, SUSPENDED)
        : Finding.holds(Reason.SCHEDULED, "all children match this generation");
  }
}
