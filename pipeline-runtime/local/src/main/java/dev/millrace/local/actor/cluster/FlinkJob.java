package dev.millrace.local.actor.cluster;

import dev.millrace.local.actor.FlinkCluster;
import dev.millrace.local.actor.FlinkRest;
import dev.millrace.local.actor.MissingVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The JobManager Deployment of a FlinkDeployment: it exists from the moment it is asked for, even
 * while its pod waits for a volume, and it goes on without its operator.
 */
final class FlinkJob implements AutoCloseable {
  /** Starts the process. */
  interface Starter {
    FlinkCluster start() throws IOException;
  }

  private final ObjectKey key;
  private final String jobId;
  private final Optional<Path> initialState;
  private final Starter starter;
  private final FlinkFaults faults;
  private FlinkCluster cluster;
  private long answeredNanos;
  private long finishedNanos;
  private int silences;
  private boolean closed;

  FlinkJob(
      ObjectKey key,
      String jobId,
      Optional<Path> initialState,
      Starter starter,
      FlinkFaults faults) {
    this.key = key;
    this.jobId = jobId;
    this.initialState = initialState;
    this.starter = starter;
    this.faults = faults;
  }

  String jobId() {
    return jobId;
  }

  Optional<Path> initialState() {
    return initialState;
  }

  /** Starts the process unless it runs, waits for a volume, or is slow on purpose. */
  synchronized void startWhenPossible() throws IOException {
    if (cluster != null || closed || faults.isActive(FlinkFault.SLOW_JOB_MANAGER, key)) {
      return;
    }
    try {
      cluster = starter.start();
    } catch (MissingVolume e) {
      org.slf4j.LoggerFactory.getLogger(FlinkJob.class).info("{} waits: {}", key, e.getMessage());
    }
  }

  /** The process, once it has been started. */
  synchronized Optional<FlinkCluster> cluster() {
    return Optional.ofNullable(cluster);
  }

  /** Why the pod cannot run; empty while it can. */
  String failure() {
    return cluster().map(FlinkCluster::failure).orElse("");
  }

  /**
   * Flink's REST.
   *
   * @throws IOException while nobody would answer
   */
  FlinkRest rest() throws IOException {
    return new FlinkRest(address());
  }

  /** Base URL of the REST. */
  String address() throws IOException {
    if (faults.isActive(FlinkFault.SILENT_JOB_MANAGER, key)) {
      throw new IOException("the JobManager of " + key + " does not answer");
    }
    Optional<FlinkCluster> started = cluster();
    String address = started.isEmpty() ? "" : started.get().restAddress();
    if (address.isEmpty()) {
      throw new IOException("the JobManager of " + key + " has not started");
    }
    return address;
  }

  boolean answers() {
    try {
      rest().get("/config");
      return true;
    } catch (IOException e) {
      return false; // that is the answer
    }
  }

  /** Stops the job with a savepoint; the JobManager stays. */
  String stop(Duration timeout) throws IOException, InterruptedException {
    rest();
    if (faults.isActive(FlinkFault.REFUSE_SAVEPOINTS, key)) {
      throw new dev.millrace.local.actor.SavepointFailure(
          "org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint triggering task"
              + " failed.\n");
    }
    return cluster().orElseThrow().stopJob(timeout);
  }

  synchronized void noteAnswer() {
    answeredNanos = System.nanoTime();
    silences = 0;
  }

  /** Whether the first answer is that long ago. */
  synchronized boolean hasAnsweredFor(Duration time) {
    return answeredNanos != 0 && System.nanoTime() - answeredNanos >= time.toNanos();
  }

  /** Counts a look that nobody answered; returns how many in a row. */
  synchronized int noteSilence() {
    return ++silences;
  }

  synchronized void noteFinish() {
    finishedNanos = System.nanoTime();
  }

  synchronized boolean hasFinishedFor(Duration time) {
    return finishedNanos != 0 && System.nanoTime() - finishedNanos >= time.toNanos();
  }

  @Override
  public void close() {
    Optional<FlinkCluster> last;
    synchronized (this) {
      closed = true;
      last = Optional.ofNullable(cluster);
    }
    last.ifPresent(FlinkCluster::close);
  }
}
