package dev.millrace.local.actor;

import dev.millrace.local.flink.MiniClusterProcess;
import dev.millrace.local.flink.MiniClusterReport;
import dev.millrace.local.process.ChildProcess;
import dev.millrace.local.process.Children;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One running FlinkDeployment. A JVM that dies is started again from the newest completed
 * checkpoint, as a JobManager Deployment with high availability would be; a job that fails for good
 * stays failed.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final int DEATHS_WITHOUT_PROGRESS = 5;
  private static final Duration SAVEPOINT = Duration.ofSeconds(60);

  /** From which state a JVM starts, the first time and after each death. */
  public interface Recovery {
    /** Folder of a savepoint or checkpoint; empty to begin with nothing. */
    Optional<Path> state() throws IOException;
  }

  private final FlinkProcess process;
  private final Recovery recovery;
  private ChildProcess child;
  private boolean stopping;
  private String failure = "";
  private int restarts;
  private int deathsWithoutProgress;
  private Optional<Path> lastState = Optional.empty();

  private FlinkCluster(FlinkProcess process, Recovery recovery) {
    this.process = process;
    this.recovery = recovery;
  }

  /** Starts the JVM. */
  public static FlinkCluster start(FlinkProcess process, Recovery recovery) throws IOException {
    var cluster = new FlinkCluster(process, recovery);
    cluster.start();
    return cluster;
  }

  private synchronized void start() throws IOException {
    Optional<Path> state = recovery.state();
    deathsWithoutProgress = state.equals(lastState) ? deathsWithoutProgress + 1 : 0;
    lastState = state;
    child = process.start(state);
    ChildProcess started = child;
    started.exit().thenAccept(code -> ended(started, code));
  }

  /** The REST of the cluster, once its JVM has said where. */
  public Optional<FlinkRest> rest() throws IOException {
    MiniClusterReport.Content report = process.report();
    return report == null ? Optional.empty() : Optional.of(new FlinkRest(report.restAddress()));
  }

  /** Whether every task runs; not while its JVM is starting, for the first time or again. */
  public boolean isRunning() {
    try {
      Optional<FlinkRest> rest = rest();
      return rest.isPresent() && rest.get().isRunning();
    } catch (IOException e) {
      return false; // nobody answers there: what the caller asked
    }
  }

  /** Base URL of Flink's REST and page; empty while there is none. */
  public String restAddress() throws IOException {
    MiniClusterReport.Content report = process.report();
    return report == null ? "" : report.restAddress();
  }

  /** Why the job failed for good; empty while it has not. */
  public synchronized String failure() {
    return failure;
  }

  /** How often a dead JVM was started again. */
  public synchronized int restarts() {
    return restarts;
  }

  /** The log of the JVM. */
  public Path log() {
    return process.log();
  }

  /** Ends the JVM as kill -9 does; it is started again. */
  public void kill() {
    ChildProcess victim;
    synchronized (this) {
      victim = child;
    }
    victim.kill();
  }

  /** Stops the job with a savepoint, from which a later start continues, and ends the JVM. */
  public String stopWithSavepoint() throws IOException, InterruptedException {
    String location = stopJob(SAVEPOINT);
    close();
    return location;
  }

  /**
   * Stops the job with a savepoint; the JVM is left as it is, and the job runs on when that fails.
   *
   * @return location of the savepoint
   */
  public String stopJob(Duration timeout) throws IOException, InterruptedException {
    setStopping(true); // its JVM may end with the job
    try {
      FlinkRest rest = rest().orElseThrow(() -> new IOException("the job has not started yet"));
      return rest.stopWithSavepoint(
          rest.job().path("jid").asText(), process.savepointFolder(), timeout);
    } catch (IOException e) {
      setStopping(false);
      throw e;
    }
  }

  private synchronized void setStopping(boolean now) {
    stopping = now;
  }

  /** Ends the JVM without a savepoint. */
  @Override
  public void close() {
    ChildProcess last;
    synchronized (this) {
      stopping = true;
      last = child;
    }
    last.stop(Duration.ofSeconds(5));
  }

  private synchronized void ended(ChildProcess ended, int code) {
    if (stopping || ended != child || Children.isShuttingDown()) {
      return;
    }
    try {
      MiniClusterReport.Content report = process.report();
      if (code == MiniClusterProcess.JOB_FAILED && report != null) {
        failure = report.failure();
      } else if (deathsWithoutProgress >= DEATHS_WITHOUT_PROGRESS) {
        failure = process.name() + " died " + DEATHS_WITHOUT_PROGRESS + " times without progress";
      } else {
        restarts++;
        start();
      }
    } catch (IOException e) {
      failure = process.name() + " could not be started again: " + e.getMessage();
    }
  }
}
