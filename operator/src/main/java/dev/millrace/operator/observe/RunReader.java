package dev.millrace.operator.observe;

import dev.millrace.contract.RunReportResult;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the newest run that ended, and the one that runs (neighbours.md §4.1 to §4.3). */
final class RunReader {
  private static final String JOB_NAME = "batch.kubernetes.io/job-name";
  private static final Pattern MINUTES = Pattern.compile(".*-(\\d{7,9})");

  private RunReader() {}

  static RunObservation read(Collection<Job> jobs, Collection<Pod> pods) {
    Optional<FinishedRun> finished =
        jobs.stream()
            .map(job -> finished(job, pods))
            .flatMap(Optional::stream)
            .max(Comparator.comparing(FinishedRun::endedAt).thenComparing(FinishedRun::job));
    Optional<String> active =
        jobs.stream()
            .filter(job -> terminal(job).isEmpty())
            .map(job -> job.getMetadata().getName())
            .max(Comparator.naturalOrder());
    return new RunObservation(finished, active);
  }

  /** Instant a run stands for: the minutes since the epoch at the end of its Job's name. */
  static Optional<Instant> asOf(String job) {
    Matcher minutes = MINUTES.matcher(job);
    return minutes.matches()
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(minutes.group(1)) * 60))
        : Optional.empty();
  }

  private static Optional<FinishedRun> finished(Job job, Collection<Pod> pods) {
    String name = job.getMetadata().getName();
    Optional<ContainerStateTerminated> last = lastContainer(name, pods);
    return terminal(job)
        .map(
            condition ->
                new FinishedRun(
                    name,
                    asOf(name),
                    end(condition),
                    Untyped.instant(condition.getLastTransitionTime()).orElse(Instant.EPOCH),
                    RunReportResult.parse(
                        last.map(ContainerStateTerminated::getMessage).orElse(null)),
                    last.map(state -> "OOMKilled".equals(state.getReason())).orElse(false)));
  }

  private static Optional<JobCondition> terminal(Job job) {
    if (job.getStatus() == null || job.getStatus().getConditions() == null) {
      return Optional.empty();
    }
    return job.getStatus().getConditions().stream()
        .filter(condition -> "True".equals(condition.getStatus()))
        .filter(
            condition ->
                "Complete".equals(condition.getType()) || "Failed".equals(condition.getType()))
        .findFirst();
  }

  private static RunEnd end(JobCondition condition) {
    if ("Complete".equals(condition.getType())) {
      return RunEnd.COMPLETED;
    }
    return switch (Objects.requireNonNullElse(condition.getReason(), "")) {
      case "DeadlineExceeded" -> RunEnd.TIMED_OUT;
      case "PodFailurePolicy" -> RunEnd.REFUSED;
      default -> RunEnd.FAILED;
    };
  }

  private static Optional<ContainerStateTerminated> lastContainer(
      String job, Collection<Pod> pods) {
    return pods.stream()
        .filter(pod -> pod.getMetadata().getLabels() != null)
        .filter(pod -> job.equals(pod.getMetadata().getLabels().get(JOB_NAME)))
        .flatMap(pod -> containers(pod).stream())
        .map(status -> status.getState() == null ? null : status.getState().getTerminated())
        .filter(Objects::nonNull)
        .max(
            Comparator.comparing(
                state -> Untyped.instant(state.getFinishedAt()).orElse(Instant.EPOCH)));
  }

  private static List<ContainerStatus> containers(Pod pod) {
    return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
        ? List.of()
        : pod.getStatus().getContainerStatuses();
  }
}
