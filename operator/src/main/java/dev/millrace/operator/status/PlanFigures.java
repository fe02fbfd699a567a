package dev.millrace.operator.status;

import dev.millrace.operator.plan.Change;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.PlanClass;
import dev.millrace.operator.plan.PlanDiff;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.v1alpha1.featurepipelinestatus.Plan;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code status.plan}: the change that waits or was last carried out. */
final class PlanFigures {
  private static final int LONGEST_SUMMARY = 2048;

  private PlanFigures() {}

  /** The bean; null while there has been no plan. */
  static Plan of(PipelineOutcome outcome, Plan previous) {
    if (outcome.planned() instanceof PlanResult.Invalid<PipelinePlan> invalid) {
      int count = invalid.violations().size();
      return plan(
          PlanClass.BLOCKED,
          null,
          count == 1 ? "refused: 1 mistake" : "refused: " + count + " mistakes");
    }
    Optional<PlanDiff> diff = outcome.diff();
    if (diff.isEmpty()) {
      return outcome.inForce().isPresent() && (previous == null || waits(previous))
          ? plan(PlanClass.NEW_VERSION, null, "new, version " + outcome.inForce().get().version())
          : previous;
    }
    boolean carriedOut = diff.get().planClass() == PlanClass.NO_OP;
    return carriedOut && previous != null && !waits(previous) ? previous : plan(diff.get());
  }

  /** A change that was refused or not approved, and is no longer asked for. */
  private static boolean waits(Plan plan) {
    return plan.get_class() == Plan.Class.BLOCKED || plan.get_class() == Plan.Class.LOSSY;
  }

  private static Plan plan(PlanDiff diff) {
    String summary =
        diff.changes().stream().map(Change::sentence).collect(Collectors.joining("; "));
    return plan(diff.planClass(), diff.hash(), summary);
  }

  private static Plan plan(PlanClass planClass, String hash, String summary) {
    var plan = new Plan();
    plan.set_class(
        Arrays.stream(Plan.Class.values())
            .filter(word -> word.getValue().equals(planClass.text()))
            .findFirst()
            .orElseThrow());
    plan.setHash(hash);
    plan.setSummary(Texts.cut(summary, LONGEST_SUMMARY));
    return plan;
  }
}
