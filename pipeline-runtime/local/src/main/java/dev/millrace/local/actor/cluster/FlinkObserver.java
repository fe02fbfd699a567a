package dev.millrace.local.actor.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.local.actor.FlinkRest;
import dev.millrace.local.actor.SavepointFailure;
import java.io.IOException;
import java.util.Optional;

/** Looks at a JobManager and its job, and says so in the status (neighbours.md §2.5, §2.7). */
final class FlinkObserver {
  private static final int SILENCES_UNTIL_NOT_READY = 2;

  private final FlinkJobs jobs;
  private final ActorSettings.Delays delays;

  FlinkObserver(FlinkJobs jobs, ActorSettings.Delays delays) {
    this.jobs = jobs;
    this.delays = delays;
  }

  /** The status with what is seen now. */
  FlinkStatus observe(FlinkResource resource) throws IOException {
    FlinkStatus status = resource.status();
    Optional<FlinkSpec> last = status.lastSpec();
    if (last.isEmpty()) {
      return status;
    }
    Optional<FlinkJob> job = jobs.find(resource.key());
    if (last.get().isSuspended()) {
      return suspended(resource.key(), job, status);
    }
    if (job.isEmpty()) {
      return status.jobManager(FlinkStatus.MISSING).jobState(FlinkStatus.RECONCILING);
    }
    job.get().startWhenPossible();
    if (!job.get().failure().isEmpty()) {
      return crashed(resource, job.get(), status);
    }
    return switch (status.jobManager()) {
      case FlinkStatus.READY -> job(resource, job.get(), status);
      case FlinkStatus.DEPLOYED_NOT_READY -> notReady(resource, job.get(), status);
      default -> starting(job.get(), status);
    };
  }

  private FlinkStatus suspended(ObjectKey key, Optional<FlinkJob> job, FlinkStatus status) {
    if (job.isPresent() && job.get().hasFinishedFor(delays.flinkShutdown())) {
      jobs.remove(key);
      return status.jobManager(FlinkStatus.MISSING);
    }
    return job.isEmpty() ? status.jobManager(FlinkStatus.MISSING) : status;
  }

  private static FlinkStatus crashed(FlinkResource resource, FlinkJob job, FlinkStatus status) {
    String message = "back-off 5m0s restarting failed container: " + job.failure();
    if (!status.jobManager().equals(FlinkStatus.ERROR)) {
      resource.events().warning(FlinkEvents.Component.JOB_MANAGER, "CrashLoopBackOff", message);
    }
    return status
        .jobManager(FlinkStatus.ERROR)
        .jobState(FlinkStatus.RECONCILING)
        .error(FlinkError.pod("CrashLoopBackOff", message));
  }

  private static FlinkStatus starting(FlinkJob job, FlinkStatus status) {
    if (!job.answers()) {
      return status.jobManager(FlinkStatus.DEPLOYING);
    }
    job.noteAnswer();
    return status.jobManager(FlinkStatus.DEPLOYED_NOT_READY);
  }

  private FlinkStatus notReady(FlinkResource resource, FlinkJob job, FlinkStatus status)
      throws IOException {
    if (!job.answers()) {
      return starting(job, status);
    }
    if (!job.hasAnsweredFor(delays.flinkRestReady())) {
      return status;
    }
    return job(resource, job, status.jobManager(FlinkStatus.READY));
  }

  private FlinkStatus job(FlinkResource resource, FlinkJob job, FlinkStatus status)
      throws IOException {
    JsonNode overview;
    FlinkRest rest;
    try {
      rest = job.rest();
      overview = rest.job();
    } catch (IOException e) {
      return silent(resource, job, status);
    }
    job.noteAnswer();
    if (overview == null) {
      return seen(resource, status, FlinkStatus.RECONCILING);
    }
    String state = effectiveState(overview);
    FlinkStatus next =
        seen(resource, status, state)
            .with("/jobStatus/jobName", overview.path("name").asText())
            .with("/jobStatus/startTime", overview.path("start-time").asText());
    if (state.equals(FlinkStatus.RUNNING)) {
      next = next.stable();
    }
    if (state.equals(FlinkStatus.FAILED)) {
      return failed(resource, job, next, rest);
    }
    next = next.error("");
    return next.isTerminal() ? next.savepointPath(lastState(rest, job, next)) : next;
  }

  private static FlinkStatus seen(FlinkResource resource, FlinkStatus status, String state) {
    if (status.jobState().equals(state)) {
      return status;
    }
    resource
        .events()
        .normal(
            FlinkEvents.Component.JOB,
            "JobStatusChanged",
            "Job status changed from " + status.jobState() + " to " + state);
    return status
        .jobState(state)
        .with("/jobStatus/updateTime", String.valueOf(System.currentTimeMillis()));
  }

  /** Flink's RUNNING counts only once every task runs. */
  private static String effectiveState(JsonNode overview) {
    String state = overview.path("state").asText();
    JsonNode tasks = overview.path("tasks");
    boolean all = tasks.path("running").asInt() == tasks.path("total").asInt();
    return state.equals(FlinkStatus.RUNNING) && !all ? "CREATED" : state;
  }

  private static FlinkStatus failed(
      FlinkResource resource, FlinkJob job, FlinkStatus status, FlinkRest rest) throws IOException {
    String trace = rest.exceptions(job.jobId());
    if (status.error().isEmpty()) {
      resource.events().warning(FlinkEvents.Component.JOB, "JobException", firstLines(trace));
    }
    return status
        .error(FlinkError.job(new SavepointFailure(trace).causes()))
        .savepointPath(lastState(rest, job, status));
  }

  private static String firstLines(String trace) {
    return String.join("\n", trace.lines().limit(5).toList());
  }

  /**
   * The last checkpoint or savepoint of a job that has ended; what was known before, without any.
   */
  private static String lastState(FlinkRest rest, FlinkJob job, FlinkStatus status) {
    try {
      JsonNode latest = rest.get("/jobs/" + job.jobId() + "/checkpoints").path("latest");
      JsonNode completed = latest.path("completed");
      JsonNode savepoint = latest.path("savepoint");
      boolean isNewer = savepoint.path("id").asLong(-1) > completed.path("id").asLong(-1);
      String path = (isNewer ? savepoint : completed).path("external_path").asText("");
      return path.isEmpty() ? status.savepointPath() : path;
    } catch (IOException e) {
      return status.savepointPath(); // 404: the job failed before it had checkpoints
    }
  }

  private static FlinkStatus silent(FlinkResource resource, FlinkJob job, FlinkStatus status) {
    FlinkStatus next = seen(resource, status, FlinkStatus.RECONCILING);
    boolean isLong = job.noteSilence() >= SILENCES_UNTIL_NOT_READY;
    return isLong ? next.jobManager(FlinkStatus.DEPLOYING) : next;
  }
}
