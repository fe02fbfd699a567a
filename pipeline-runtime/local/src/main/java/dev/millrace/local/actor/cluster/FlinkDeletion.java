package dev.millrace.local.actor.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What happens to a job whose FlinkDeployment is deleted (neighbours.md §2.9). A savepoint that is
 * asked for and cannot be had holds the deletion up, and no status says why.
 */
final class FlinkDeletion {
  private static final int RETRIES = 15;
  private static final double GROWTH = 1.5;

  /** One eighth of the real five seconds, with the delays of the other passes. */
  private static final Duration FIRST_RETRY = Duration.ofMillis(600);

  private final FlinkJobs jobs;
  private final FlinkSnapshots snapshots;
  private final ActorSettings.Delays delays;
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  FlinkDeletion(FlinkJobs jobs, FlinkSnapshots snapshots, ActorSettings.Delays delays) {
    this.jobs = jobs;
    this.snapshots = snapshots;
    this.delays = delays;
  }

  /** Outcome of one attempt. */
  sealed interface Outcome {
    /** The finalizer may go. */
    record Done() implements Outcome {}

    /** Retried after a while; empty once nobody retries until the next edit. */
    record Held(Optional<Duration> retry) implements Outcome {}
  }

  /**
   * One attempt.
   *
   * @param observed the status with what was seen in this pass
   */
  Outcome attempt(FlinkResource resource, FlinkStatus observed) throws InterruptedException {
    resource
        .events()
        .normal(FlinkEvents.Component.OPERATOR, "Cleanup", "Cleaning up FlinkDeployment");
    boolean isDeployed = observed.lastSpec().isPresent() && !observed.isTerminal();
    if (isDeployed && resource.spec().savepointsOnDeletion()) {
      Optional<IOException> failure = savepoint(resource, observed);
      if (failure.isPresent()) {
        return held(resource);
      }
    }
    jobs.remove(resource.key());
    failures.remove(attempts(resource));
    return new Outcome.Done();
  }

  private Optional<IOException> savepoint(FlinkResource resource, FlinkStatus observed)
      throws InterruptedException {
    try {
      if (!observed.jobState().equals(FlinkStatus.RUNNING)) {
        throw new IOException("Unable to stop with savepoint: the job is not RUNNING");
      }
      FlinkJob job = jobs.find(resource.key()).orElseThrow(() -> new IOException("no JobManager"));
      snapshots.record(resource.object(), job.stop(delays.savepointTimeout()));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private Outcome held(FlinkResource resource) {
    int count = failures.merge(attempts(resource), 1, Integer::sum);
    if (count > RETRIES) {
      return new Outcome.Held(Optional.empty());
    }
    double millis = FIRST_RETRY.toMillis() * Math.pow(GROWTH, count - 1);
    return new Outcome.Held(Optional.of(Duration.ofMillis((long) millis)));
  }

  /** An edit begins a new row of attempts. */
  private static String attempts(FlinkResource resource) {
    return resource.object().getMetadata().getUid() + " " + resource.generation();
  }
}
