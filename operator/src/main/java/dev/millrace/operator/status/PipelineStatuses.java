package dev.millrace.operator.status;

import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import java.time.Instant;
import java.util.Optional;

/** The status of a FeaturePipeline (api.md §1, §3). */
public final class PipelineStatuses {
  private PipelineStatuses() {}

  /**
   * The status that follows from what was found. Applied to its own result it changes nothing.
   *
   * @param previous the status so far; null before any. It is not changed
   */
  public static FeaturePipelineStatus next(
      FeaturePipelineStatus previous, PipelineOutcome outcome, Instant now) {
    Long observedBefore = previous == null ? null : previous.getObservedGeneration();
    var conditions =
        new Conditions(
            previous == null ? null : previous.getConditions(), outcome.generation(), now);
    PipelinePlan plan = outcome.inForce().orElse(null);
    var context = new PipelineContext(outcome, plan, previous, conditions, now);
    Findings findings =
        PipelineFindings.of(outcome, context, observedBefore == null ? -1 : observedBefore);
    var status = new FeaturePipelineStatus();
    status.setObservedGeneration(
        ObservedGeneration.next(
            observedBefore, outcome.generation(), outcome.deleting(), complete(outcome)));
    status.setConditions(
        conditions.compose(
            ConditionType.PIPELINE,
            findings,
            outcome.deleting(),
            PipelineFindings.ready(context, findings)));
    figures(status, context);
    return status;
  }

  /**
   * The status after a look that could not be finished.
   *
   * @param previous the status so far; null before any. It is not changed
   */
  public static FeaturePipelineStatus unread(
      FeaturePipelineStatus previous, Unread unread, Instant now) {
    FeaturePipelineStatus known = previous == null ? new FeaturePipelineStatus() : previous;
    var status = new FeaturePipelineStatus();
    status.setObservedGeneration(known.getObservedGeneration());
    status.setConditions(
        new Conditions(known.getConditions(), unread.generation(), now)
            .unread(ConditionType.PIPELINE, ConditionType.DEFINITION_IN_SYNC, unread));
    status.setChildren(known.getChildren());
    status.setPlan(known.getPlan());
    status.setDefinition(known.getDefinition());
    status.setTopic(known.getTopic());
    status.setJobs(known.getJobs());
    return status;
  }

  private static boolean complete(PipelineOutcome outcome) {
    boolean held = outcome.heldBack().isPresent();
    boolean toApply =
        outcome.planned() instanceof PlanResult.Valid<PipelinePlan> && outcome.inForce().isEmpty();
    return outcome.failures().isEmpty() && !held && !toApply;
  }

  private static void figures(FeaturePipelineStatus status, PipelineContext context) {
    PipelineOutcome outcome = context.outcome();
    FeaturePipelineStatus previous = context.previous();
    status.setChildren(ChildList.of(outcome.children(), outcome.failures(), namespace(outcome)));
    status.setPlan(PlanFigures.of(outcome, previous == null ? null : previous.getPlan()));
    if (context.plan() != null) {
      status.setDefinition(DefinitionFigures.definition(context.plan(), context.servedVersion()));
      status.setTopic(DefinitionFigures.topic(context.plan().topic()));
      status.setJobs(new JobList(context).jobs());
    } else if (previous != null) {
      status.setDefinition(previous.getDefinition());
      status.setTopic(previous.getTopic());
      status.setJobs(previous.getJobs());
    }
  }

  private static String namespace(PipelineOutcome outcome) {
    Optional<PipelinePlan> planned =
        outcome.planned() instanceof PlanResult.Valid<PipelinePlan> valid
            ? Optional.of(valid.plan())
            : Optional.empty();
    return outcome.inForce().or(() -> planned).map(PipelinePlan::namespace).orElse("");
  }
}
