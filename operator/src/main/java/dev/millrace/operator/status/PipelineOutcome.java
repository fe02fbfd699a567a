package dev.millrace.operator.status;

import dev.millrace.operator.observe.ChildObservation;
import dev.millrace.operator.observe.JobObservation;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.PlanDiff;
import dev.millrace.operator.plan.PlanResult;
import java.util.List;
import java.util.Optional;

/**
 * All that one reconcile of a FeaturePipeline found out.
 *
 * @param generation of the resource
 * @param planned what the planner makes of its spec
 * @param diff from the plan in force to the planned one; empty for the first
 * @param inForce newest accepted plan, to which the children belong; with suspension as the spec
 *     says, even a refused one
 * @param servedVersion version that readers see; 0 before any
 * @param missingReferences Secrets, service accounts and the like that are not there
 * @param failures writes that failed
 * @param children the children, in the order of application
 * @param jobs the jobs, one per version that is to run
 * @param heldBack why the accepted spec is not applied yet: {@code generation 7 waits for the
 *     savepoint of generation 6}
 * @param deleting how far the deletion is; present once the resource is being deleted
 */
public record PipelineOutcome(
    long generation,
    PlanResult<PipelinePlan> planned,
    Optional<PlanDiff> diff,
    Optional<PipelinePlan> inForce,
    int servedVersion,
    List<PlanResult.MissingReference> missingReferences,
    List<ApplyFailure> failures,
    List<ChildObservation> children,
    List<JobObservation> jobs,
    Optional<String> heldBack,
    Optional<String> deleting) {
  public PipelineOutcome {
    missingReferences = List.copyOf(missingReferences);
    failures = List.copyOf(failures);
    children = List.copyOf(children);
    jobs = List.copyOf(jobs);
  }

  /** The same with what the jobs say now. */
  public PipelineOutcome with(List<JobObservation> newer) {
    return new PipelineOutcome(
        generation,
        planned,
        diff,
        inForce,
        servedVersion,
        missingReferences,
        failures,
        children,
        newer,
        heldBack,
        deleting);
  }
}
