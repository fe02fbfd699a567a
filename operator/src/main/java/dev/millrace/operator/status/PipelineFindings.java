package dev.millrace.operator.status;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildGroup;

/** All findings of a FeaturePipeline: complaints first, then what is to be said without one. */
final class PipelineFindings {
  private PipelineFindings() {}

  static Findings of(PipelineOutcome outcome, PipelineContext context, long observedBefore) {
    var findings = new Findings();
    findings.complain(
        ConditionType.SPEC_VALID, SpecFindings.specValid(outcome.planned(), outcome.diff()));
    findings.complain(
        ConditionType.REFERENCES_RESOLVED,
        SpecFindings.references(outcome.planned(), outcome.missingReferences()));
    for (ApplyFailure failure : outcome.failures()) {
      ConditionType type =
          Placement.ofPipeline(failure.reason())
              .orElseGet(() -> Placement.ofPipeline(ChildGroup.ofKind(failure.ref().kind())));
      findings.complain(type, failed(failure, observedBefore == outcome.generation()));
    }
    if (context.plan() == null) {
      findings.conclude(ConditionType.DEFINITION_IN_SYNC, SpecFindings.NOT_DEPLOYED);
      ConditionType.PIPELINE.forEach(
          type -> findings.conclude(type, SpecFindings.NOTHING_DEPLOYED));
      return findings;
    }
    var children = new ChildFindings(context, findings);
    children.complain();
    new StreamFindings(context, findings).conclude();
    children.conclude();
    new FreshFindings(context, findings).conclude();
    new SyncFindings(context, findings).conclude();
    return findings;
  }

  /**
   * A write that failed because a dependency is away leaves Ready alone only if everything had been
   * applied before.
   */
  static Finding failed(ApplyFailure failure, boolean appliedBefore) {
    Weight weight = Weight.of(failure.remedy());
    boolean harmless = weight == Weight.AWAY && appliedBefore;
    boolean known = weight == Weight.WAIT || weight == Weight.USER || harmless;
    return Finding.fails(failure.reason(), failure.message(), known ? weight : Weight.WAIT);
  }

  /** What Ready says if nothing keeps it from True. */
  static Finding ready(PipelineContext context, Findings findings) {
    boolean suspended = context.plan() != null && context.plan().suspended();
    return suspended
        ? Finding.holds(Reason.SUSPENDED, new StreamFindings(context, findings).suspendedText())
        : Finding.holds(Reason.RUNNING, "all children match this generation");
  }
}
