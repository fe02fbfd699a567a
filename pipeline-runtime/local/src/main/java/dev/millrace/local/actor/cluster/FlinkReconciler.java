package dev.millrace.local.actor.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings a FlinkDeployment to its spec: first start, upgrade, suspend, resume, recovery. The order
 * of status writes is that of neighbours.md §2.7.
 */
final class FlinkReconciler {
  private final FlinkJobs jobs;
  private final FlinkStop stop;

  FlinkReconciler(FlinkJobs jobs, ActorSettings.Delays delays) {
    this.jobs = jobs;
    stop = new FlinkStop(jobs, delays);
  }

  /**
   * One step.
   *
   * @param observed the status with what was seen in this pass
   */
  void reconcile(FlinkResource resource, FlinkStatus observed)
      throws IOException, InterruptedException {
    Optional<FlinkSpec> last = observed.lastSpec();
    if (last.isEmpty()) {
      deployFirst(resource, observed);
    } else if (last.get().isSuspended()) {
      resume(resource, resource.write(observed), last.get());
    } else {
      changeOrRecover(resource, observed, last.get());
    }
  }

  private void deployFirst(FlinkResource resource, FlinkStatus status) throws IOException {
    FlinkSpec spec = resource.spec();
    if (spec.isSuspended()) {
      return; // created suspended: no status, no event
    }
    String path = spec.initialSavepointPath();
    String mode = path.isEmpty() ? FlinkSpec.STATELESS : FlinkSpec.SAVEPOINT;
    FlinkStatus recorded =
        resource.write(
            status
                .error("")
                .jobManager(FlinkStatus.MISSING)
                .savepointPath(path)
                .attempt(
                    FlinkStatus.UPGRADING,
                    resource.generation(),
                    spec.noted(FlinkSpec.SUSPENDED, mode)));
    submit(resource, recorded, mode);
  }

  private void resume(FlinkResource resource, FlinkStatus status, FlinkSpec last)
      throws IOException {
    FlinkSpec spec = resource.spec();
    if (spec.isSuspended()) {
      if (status.observedGeneration() != resource.generation()) {
        resource.write(
            status.attempt(
                FlinkStatus.DEPLOYED,
                resource.generation(),
                spec.noted(FlinkSpec.SUSPENDED, last.upgradeMode())));
      }
      return;
    }
    String mode =
        spec.upgradeMode().equals(FlinkSpec.STATELESS) ? FlinkSpec.STATELESS : last.upgradeMode();
    FlinkStatus attempted = status;
    boolean isNew = status.observedGeneration() != resource.generation();
    if (isNew || !status.reconciliation().equals(FlinkStatus.UPGRADING)) {
      attempted =
          resource.write(
              status.attempt(
                  FlinkStatus.UPGRADING,
                  resource.generation(),
                  spec.noted(FlinkSpec.SUSPENDED, mode)));
    }
    submit(resource, attempted, mode);
  }

  private void changeOrRecover(FlinkResource resource, FlinkStatus observed, FlinkSpec last)
      throws IOException, InterruptedException {
    FlinkSpecChange change = FlinkSpecChange.between(last, resource.spec());
    if (change.isUpgrade()) {
      stop.forChange(resource, observed, last, change);
      return;
    }
    if (jobs.find(resource.key()).isEmpty()) {
      recover(resource, observed, last);
      return;
    }
    boolean isNew = observed.observedGeneration() != resource.generation();
    resource.write(
        isNew
            ? observed.attempt(
                observed.reconciliation(),
                resource.generation(),
                resource.spec().noted("running", last.upgradeMode()))
            : observed);
  }

  /** The JobManager Deployment is gone: recovered with high availability, else lost for ever. */
  private void recover(FlinkResource resource, FlinkStatus observed, FlinkSpec last)
      throws IOException {
    resource
        .events()
        .warning(FlinkEvents.Component.JOB_MANAGER, "Missing", "Missing JobManager deployment");
    if (!last.hasHighAvailability()) {
      resource.write(observed.jobManager(FlinkStatus.MISSING).jobState(FlinkStatus.RECONCILING));
      return;
    }
    resource
        .events()
        .warning(FlinkEvents.Component.JOB, "RecoverDeployment", "Recovering lost deployment");
    jobs.deploy(
        resource.key(),
        resource.object(),
        observed.jobId(),
        FlinkJobs.folder(withoutSentinel(observed.savepointPath())));
    resource.write(
        observed.jobManager(FlinkStatus.DEPLOYING).jobState(FlinkStatus.RECONCILING).error(""));
  }

  /** The old cluster goes, then the new one comes: each is a write of its own. */
  private void submit(FlinkResource resource, FlinkStatus status, String mode) throws IOException {
    FlinkSpec spec = resource.spec();
    Optional<String> overlap = FlinkValidation.overlappingKeys(spec);
    if (overlap.isPresent()) {
      refuseSubmission(resource, status, overlap.get());
      return;
    }
    boolean isLastState = mode.equals(FlinkSpec.LAST_STATE);
    Optional<FlinkJob> old = jobs.find(resource.key());
    jobs.remove(resource.key());
    String jobId = isLastState ? status.jobId() : UUID.randomUUID().toString().replace("-", "");
    String path = mode.equals(FlinkSpec.STATELESS) ? "" : status.savepointPath();
    String shown = isLastState ? FlinkStatus.LAST_STATE_SENTINEL : path;
    FlinkStatus cleared =
        resource.write(
            status
                .jobManager(FlinkStatus.MISSING)
                .savepointPath(shown)
                .with("/jobStatus/jobId", jobId));
    Optional<java.nio.file.Path> initial =
        isLastState ? old.flatMap(FlinkJob::initialState) : FlinkJobs.folder(withoutSentinel(path));
    jobs.deploy(resource.key(), resource.object(), jobId, initial);
    resource.events().normal(FlinkEvents.Component.JOB_MANAGER, "Submit", "Starting deployment");
    resource.write(
        cleared
            .attempt(FlinkStatus.DEPLOYED, resource.generation(), spec.noted("running", mode))
            .jobManager(FlinkStatus.DEPLOYING)
            .jobState(FlinkStatus.RECONCILING)
            .taskManagers(resource.key().name(), spec.taskManagers())
            .error(""));
  }

  private static void refuseSubmission(FlinkResource resource, FlinkStatus status, String message) {
    resource.events().warning(FlinkEvents.Component.JOB_MANAGER, "Error", message);
    FlinkStatus failed =
        status.error(FlinkError.operator("ReconciliationException", message, List.of()));
    boolean isFirst = status.jobId().isEmpty();
    resource.write(isFirst ? failed.withoutAttempt() : failed);
  }

  private static String withoutSentinel(String path) {
    return path.equals(FlinkStatus.LAST_STATE_SENTINEL) ? "" : path;
  }
}
