package dev.millrace.operator.status;

import dev.millrace.operator.observe.ChildObservation;
import dev.millrace.operator.observe.RunObservation;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.PlanDiff;
import dev.millrace.operator.plan.PlanResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that one reconcile of a LabelWindow found out.
 *
 * @param generation of the resource
 * @param planned what the planner makes of its spec
 * @param diff from the plan in force to the planned one; empty for the first
 * @param inForce newest accepted plan, to which the children belong; with suspension as the spec
 *     says, even a refused one
 * @param missingReferences pipelines, Secrets, service accounts that are not there
 * @param failures writes that failed
 * @param children the children, in the order of application
 * @param runs what the Jobs show
 * @param nextRun when the next extract starts; empty while suspended
 * @param publishedRuns training sets published so far
 * @param deleting how far the deletion is; present once the resource is being deleted
 */
public record LabelWindowOutcome(
    long generation,
    PlanResult<LabelWindowPlan> planned,
    Optional<PlanDiff> diff,
    Optional<LabelWindowPlan> inForce,
    List<PlanResult.MissingReference> missingReferences,
    List<ApplyFailure> failures,
    List<ChildObservation> children,
    RunObservation runs,
    Optional<Instant> nextRun,
    int publishedRuns,
    Optional<String> deleting) {
  public LabelWindowOutcome {
    missingReferences = List.copyOf(missingReferences);
    failures = List.copyOf(failures);
    children = List.copyOf(children);
  }
}
