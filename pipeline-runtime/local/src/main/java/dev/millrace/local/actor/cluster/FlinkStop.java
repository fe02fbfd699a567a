package dev.millrace.local.actor.cluster;

import dev.millrace.local.actor.SavepointFailure;
import java.io.IOException;
import java.util.List;

/** Ends a running job because its spec changed, in the mode that its state allows. */
final class FlinkStop {
  private final FlinkJobs jobs;
  private final ActorSettings.Delays delays;

  FlinkStop(FlinkJobs jobs, ActorSettings.Delays delays) {
    this.jobs = jobs;
    this.delays = delays;
  }

  /** Stops, notes the attempt, and leaves the start to the next pass. */
  void forChange(
      FlinkResource resource, FlinkStatus observed, FlinkSpec last, FlinkSpecChange change)
      throws InterruptedException {
    if (observed.observedGeneration() != resource.generation()) {
      resource.events().normal(FlinkEvents.Component.JOB_MANAGER, "SpecChanged", change.text());
    }
    if (change.redeploys()) {
      redeploy(resource, observed);
    } else if (observed.isTerminal()) {
      terminal(resource, observed);
    } else {
      switch (mode(resource.spec(), last, observed)) {
        case FlinkSpec.SAVEPOINT -> savepoint(resource, observed);
        case FlinkSpec.LAST_STATE -> lastState(resource, observed);
        case FlinkSpec.STATELESS -> stateless(resource, observed);
        default -> waitOrFail(resource, observed);
      }
    }
  }

  /** Waits without error or other change; without a JobManager there is nothing to wait for. */
  private static void waitOrFail(FlinkResource resource, FlinkStatus observed) {
    if (!observed.jobManager().equals(FlinkStatus.MISSING)) {
      resource.write(observed);
      return;
    }
    String message =
        "JobManager deployment is missing and HA data is not available to make stateful upgrades."
            + " Manual restore required.";
    resource.write(
        observed.error(FlinkError.operator("UpgradeFailureException", message, List.of())));
  }

  /** The mode really used (neighbours.md §2.7); empty to wait until the job can be upgraded. */
  private static String mode(FlinkSpec spec, FlinkSpec last, FlinkStatus observed) {
    String wanted = spec.upgradeMode();
    boolean isRunning = observed.jobState().equals(FlinkStatus.RUNNING);
    if (!wanted.equals(FlinkSpec.SAVEPOINT) || isRunning) {
      return wanted;
    }
    return last.hasHighAvailability() && spec.fallsBackToLastState() ? FlinkSpec.LAST_STATE : "";
  }

  private void savepoint(FlinkResource resource, FlinkStatus observed) throws InterruptedException {
    suspending(resource);
    FlinkJob job = jobs.find(resource.key()).orElseThrow();
    try {
      String location = job.stop(delays.savepointTimeout());
      job.noteFinish();
      stopped(resource, observed.savepointPath(location), FlinkSpec.SAVEPOINT);
    } catch (IOException e) {
      List<String> causes =
          e instanceof SavepointFailure refused ? refused.causes() : List.of(e.toString());
      resource
          .events()
          .warning(
              FlinkEvents.Component.JOB_MANAGER, "SavepointError", String.join(" -> ", causes));
      resource.write(
          observed.error(
              FlinkError.operator("UpgradeFailureException", "Savepoint Error", causes)));
    }
  }

  private void lastState(FlinkResource resource, FlinkStatus observed) {
    suspending(resource);
    closeProcess(resource);
    stopped(resource, observed.jobManager(FlinkStatus.MISSING), FlinkSpec.LAST_STATE);
  }

  private void stateless(FlinkResource resource, FlinkStatus observed) {
    suspending(resource);
    closeProcess(resource);
    stopped(
        resource, observed.savepointPath("").jobManager(FlinkStatus.MISSING), FlinkSpec.STATELESS);
  }

  /** A job that has ended restarts from what it left, which may be nothing. */
  private void terminal(FlinkResource resource, FlinkStatus observed) {
    jobs.find(resource.key()).ifPresent(FlinkJob::noteFinish);
    stopped(resource, observed, FlinkSpec.SAVEPOINT);
  }

  private void redeploy(FlinkResource resource, FlinkStatus observed) {
    suspending(resource);
    closeProcess(resource);
    stopped(
        resource,
        observed
            .savepointPath(resource.spec().initialSavepointPath())
            .jobManager(FlinkStatus.MISSING),
        FlinkSpec.SAVEPOINT);
  }

  private static void stopped(FlinkResource resource, FlinkStatus status, String mode) {
    FlinkSpec spec = resource.spec();
    String state = spec.isSuspended() ? FlinkStatus.DEPLOYED : FlinkStatus.UPGRADING;
    FlinkStatus next =
        status
            .jobState(FlinkStatus.FINISHED)
            .taskManagers(resource.key().name(), 0)
            .error("")
            .attempt(state, resource.generation(), spec.noted(FlinkSpec.SUSPENDED, mode));
    // A suspended spec counts as stable, so that the resumed one has to prove itself anew.
    resource.write(spec.isSuspended() ? next.stable() : next);
  }

  private static void suspending(FlinkResource resource) {
    resource
        .events()
        .normal(FlinkEvents.Component.JOB_MANAGER, "Suspended", "Suspending existing deployment.");
  }

  /** The process ends; what it started from stays known to the one that follows. */
  private void closeProcess(FlinkResource resource) {
    jobs.find(resource.key()).ifPresent(FlinkJob::close);
  }
}
