package dev.millrace.operator.controller;

import dev.millrace.operator.controller.event.EventPlan;
import dev.millrace.operator.controller.event.EventTexts;
import dev.millrace.operator.controller.event.PlannedEvent;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.PlanClass;
import dev.millrace.operator.plan.PlanDiff;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.operator.plan.WindowRollout;
import dev.millrace.v1alpha1.LabelWindow;
import dev.millrace.v1alpha1.LabelWindowStatus;
import java.util.ArrayList;
import java.util.List;

/** What a look at a LabelWindow is worth telling. */
final class WindowEvents {
  private WindowEvents() {}

  static List<PlannedEvent> of(
      LabelWindowStatus previous,
      LabelWindowStatus next,
      WindowRollout rollout,
      AppliedChildren<LabelWindow> applied) {
    var facts = new ArrayList<PlannedEvent>();
    boolean changed =
        rollout.diff().map(PlanDiff::planClass).filter(c -> c != PlanClass.NO_OP).isPresent();
    boolean looked =
        previous != null && next.getObservedGeneration().equals(previous.getObservedGeneration());
    if (!looked && rollout.planned() instanceof PlanResult.Valid<LabelWindowPlan> valid) {
      if (applied.failures().isEmpty()) {
        facts.add(EventTexts.planAccepted(next.getObservedGeneration(), "accepted"));
      }
      valid.notices().forEach(notice -> facts.add(EventTexts.notice(notice)));
    }
    if (looked && !changed) {
      PipelineEvents.takenBack(applied).forEach(facts::add);
    }
    if (!applied.adopted().isEmpty()) {
      facts.add(EventTexts.adopted(applied.adopted().stream().map(ChildRef::toString).toList()));
    }
    return EventPlan.between(previous, next, facts);
  }
}
