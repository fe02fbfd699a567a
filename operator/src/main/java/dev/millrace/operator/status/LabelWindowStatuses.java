package dev.millrace.operator.status;

import dev.millrace.contract.RunReport;
import dev.millrace.operator.observe.FinishedRun;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.v1alpha1.LabelWindowStatus;
import dev.millrace.v1alpha1.labelwindowstatus.Labels;
import java.time.Instant;
import java.util.Optional;

/** The status of a LabelWindow (api.md §2, §3). */
public final class LabelWindowStatuses {
  private LabelWindowStatuses() {}

  /**
   * The status that follows from what was found. Applied to its own result it changes nothing.
   *
   * @param previous the status so far; null before any. It is not changed
   */
  public static LabelWindowStatus next(
      LabelWindowStatus previous, LabelWindowOutcome outcome, Instant now) {
    Long observedBefore = previous == null ? null : previous.getObservedGeneration();
    var conditions =
        new Conditions(
            previous == null ? null : previous.getConditions(), outcome.generation(), now);
    var all = new LabelWindowFindings(outcome, conditions);
    Findings findings = all.find(observedBefore == null ? -1 : observedBefore);
    var status = new LabelWindowStatus();
    status.setObservedGeneration(
        ObservedGeneration.next(
            observedBefore, outcome.generation(), outcome.deleting(), complete(outcome)));
    status.setConditions(
        conditions.compose(ConditionType.LABEL_WINDOW, findings, outcome.deleting(), all.ready()));
    status.setChildren(ChildList.of(outcome.children(), outcome.failures(), namespace(outcome)));
    status.setNextRun(outcome.nextRun().map(Times::of).orElse(null));
    runs(status, previous, outcome);
    return status;
  }

  /**
   * The status after a look that could not be finished.
   *
   * @param previous the status so far; null before any. It is not changed
   */
  public static LabelWindowStatus unread(LabelWindowStatus previous, Unread unread, Instant now) {
    LabelWindowStatus known = previous == null ? new LabelWindowStatus() : previous;
    var status = new LabelWindowStatus();
    status.setObservedGeneration(known.getObservedGeneration());
    status.setConditions(
        new Conditions(known.getConditions(), unread.generation(), now)
            .unread(ConditionType.LABEL_WINDOW, ConditionType.SCHEDULED, unread));
    status.setChildren(known.getChildren());
    status.setNextRun(known.getNextRun());
    status.setLastRun(known.getLastRun());
    status.setLabels(known.getLabels());
    return status;
  }

  private static boolean complete(LabelWindowOutcome outcome) {
    boolean toApply =
        outcome.planned() instanceof PlanResult.Valid<LabelWindowPlan>
            && outcome.inForce().isEmpty();
    return outcome.failures().isEmpty() && !toApply;
  }

  /** Jobs are removed in the end; what the last one said stays. */
  private static void runs(
      LabelWindowStatus status, LabelWindowStatus previous, LabelWindowOutcome outcome) {
    Optional<FinishedRun> run = outcome.runs().finished();
    Labels labels = previous == null ? null : previous.getLabels();
    status.setLastRun(
        run.map(RunFigures::lastRun).orElse(previous == null ? null : previous.getLastRun()));
    status.setLabels(
        run.flatMap(RunFindings::report)
            .map(RunReport::labels)
            .map(counts -> RunFigures.labels(counts, labels))
            .orElse(labels));
  }

  private static String namespace(LabelWindowOutcome outcome) {
    Optional<LabelWindowPlan> planned =
        outcome.planned() instanceof PlanResult.Valid<LabelWindowPlan> valid
            ? Optional.of(valid.plan())
            : Optional.empty();
    return outcome.inForce().or(() -> planned).map(LabelWindowPlan::namespace).orElse("");
  }
}
