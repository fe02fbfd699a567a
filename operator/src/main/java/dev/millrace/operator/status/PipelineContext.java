package dev.millrace.operator.status;

import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.ChildObservation;
import dev.millrace.operator.observe.JobObservation;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import dev.millrace.v1alpha1.featurepipelinestatus.Jobs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What findings about a running pipeline look at: the plan in force, what was observed, and the
 * status before.
 */
record PipelineContext(
    PipelineOutcome outcome,
    PipelinePlan plan,
    FeaturePipelineStatus previous,
    Conditions conditions,
    Instant now) {
  private static final String FLINK_DEPLOYMENT = "FlinkDeployment";

  /** Version that readers see; the first one is served from the start. */
  int servedVersion() {
    return outcome.servedVersion() > 0 ? outcome.servedVersion() : plan.version();
  }

  /** Whether a new version replays beside the served one. */
  boolean catchingUp() {
    return plan.version() > servedVersion();
  }

  Optional<JobObservation> job(int version) {
    return outcome.jobs().stream().filter(job -> job.version() == version).findFirst();
  }

  Optional<JobObservation> servedJob() {
    return job(servedVersion());
  }

  /** How a job's FlinkDeployment is; empty if it is not among the children. */
  Optional<ChildHealth> health(JobObservation job) {
    return outcome.children().stream()
        .filter(child -> child.ref().kind().equals(FLINK_DEPLOYMENT))
        .filter(child -> child.ref().name().equals(job.name()))
        .map(ChildObservation::health)
        .findFirst();
  }

  /** Whether a child is the FlinkDeployment of the served version or of the one catching up. */
  boolean isJob(ChildObservation child) {
    return child.ref().kind().equals(FLINK_DEPLOYMENT)
        && outcome.jobs().stream()
            .filter(job -> job.version() >= servedVersion())
            .anyMatch(job -> job.name().equals(child.ref().name()));
  }

  /** When the served job's last checkpoint completed, as known now or before. */
  Optional<Instant> lastCheckpoint() {
    return servedJob()
        .flatMap(
            job ->
                job.figures().isPresent()
                    ? job.lastCheckpoint()
                    : before(job.name()).map(Jobs::getLastCheckpoint).map(Times::instant));
  }

  /** The served version's clock, as known now or before. */
  Optional<Instant> clock() {
    return servedJob()
        .flatMap(
            job ->
                job.report()
                    .map(report -> Optional.ofNullable(report.clock()).map(Instant::ofEpochMilli))
                    .orElseGet(
                        () -> before(job.name()).map(Jobs::getWatermark).map(Times::instant)));
  }

  /** What the status said about a job before. */
  Optional<Jobs> before(String name) {
    List<Jobs> jobs = previous == null ? null : previous.getJobs();
    return jobs == null
        ? Optional.empty()
        : jobs.stream().filter(job -> name.equals(job.getName())).findFirst();
  }
}
