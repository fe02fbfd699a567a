package dev.millrace.operator.controller;

import dev.millrace.operator.controller.event.EventPlan;
import dev.millrace.operator.controller.event.EventTexts;
import dev.millrace.operator.controller.event.PlannedEvent;
import dev.millrace.operator.desired.Names;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.PlanClass;
import dev.millrace.operator.plan.PlanDiff;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.operator.plan.Rollout;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a look at a pipeline is worth telling. */
final class PipelineEvents {
  private PipelineEvents() {}

  static List<PlannedEvent> of(
      FeaturePipelineStatus previous,
      FeaturePipelineStatus next,
      Rollout rollout,
      AppliedChildren<FeaturePipeline> applied) {
    var facts = new ArrayList<PlannedEvent>();
    boolean done = rollout.accepted() && applied.failures().isEmpty();
    boolean changed =
        rollout.diff().map(PlanDiff::planClass).filter(c -> c != PlanClass.NO_OP).isPresent();
    boolean first = rollout.diff().isEmpty() && previous == null;
    if (done && (changed || first)) {
      String summary = next.getPlan() == null ? "accepted" : next.getPlan().getSummary();
      facts.add(EventTexts.planAccepted(next.getObservedGeneration(), summary));
    }
    if (done && rollout.diff().filter(d -> d.planClass() == PlanClass.NEW_VERSION).isPresent()) {
      facts.add(
          EventTexts.rolloutStarted(
              rollout.memory().orElseThrow().newestVersion(), rollout.servedVersion()));
    }
    if (!changed && !first) {
      takenBack(applied).forEach(facts::add);
    }
    if (!applied.adopted().isEmpty()) {
      facts.add(EventTexts.adopted(applied.adopted().stream().map(ChildRef::toString).toList()));
    }
    boolean looked =
        previous != null && next.getObservedGeneration().equals(previous.getObservedGeneration());
    if (!looked && rollout.planned() instanceof PlanResult.Valid<PipelinePlan> valid) {
      valid.notices().forEach(notice -> facts.add(EventTexts.notice(notice)));
    }
    return EventPlan.between(previous, next, facts);
  }

  /** Children that another hand had changed; our own memory changes as the world does. */
  static Stream<PlannedEvent> takenBack(AppliedChildren<?> applied) {
    return applied.patched().stream()
        .filter(child -> !child.name().endsWith(Names.ROLLOUT))
        .filter(child -> !child.name().endsWith(Names.ACCEPTED))
        .map(child -> EventTexts.fieldTakenBack(child.toString(), List.of()));
  }
}
