package dev.millrace.local.actor.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Statuses of a pod as a kubelet writes them (neighbours.md §4.3, §4.4). */
final class PodStatuses {
  private PodStatuses() {}

  /** Waiting for its volumes. */
  static Pod creating(Pod pod) {
    var state =
        new ContainerStateBuilder().withNewWaiting().withReason("ContainerCreating").endWaiting();
    return with(pod, "Pending", null, state.build(), 0);
  }

  /** To be started again. */
  static Pod restarting(Pod pod, PodProcess process) {
    var state =
        new ContainerStateBuilder().withNewWaiting().withReason("CrashLoopBackOff").endWaiting();
    return with(pod, "Running", process.address(), state.build(), process.restarts());
  }

  /** Running and ready. */
  static Pod running(Pod pod, PodProcess process) {
    var state =
        new ContainerStateBuilder()
            .withNewRunning()
            .withStartedAt(seconds(process.started()))
            .endRunning();
    return with(pod, "Running", process.address(), state.build(), process.restarts());
  }

  /** Ended for good. */
  static Pod ended(Pod pod, PodProcess process, PodEnd end) {
    var state =
        new ContainerStateBuilder()
            .withNewTerminated()
            .withExitCode(end.exitCode())
            .withReason(end.reason())
            .withStartedAt(seconds(process.started()))
            .withFinishedAt(seconds(Instant.now()))
            .withContainerID("local://" + process.podUid())
            .withMessage(end.message().isEmpty() ? null : end.message())
            .endTerminated();
    String phase = end.exitCode() == 0 ? "Succeeded" : "Failed";
    return with(pod, phase, process.address(), state.build(), process.restarts());
  }

  /** Its process was gone when the kubelet came back. */
  static Pod lost(Pod pod) {
    var end = PodEnd.lost();
    var state =
        new ContainerStateBuilder()
            .withNewTerminated()
            .withExitCode(end.exitCode())
            .withReason(end.reason())
            .endTerminated();
    return with(pod, "Failed", pod.getStatus().getPodIP(), state.build(), 0);
  }

  private static Pod with(
      Pod pod, String phase, String address, ContainerState state, int restarts) {
    Container container = pod.getSpec().getContainers().get(0);
    boolean ready = state.getRunning() != null;
    String notReady =
        switch (phase) {
          case "Succeeded" -> "PodCompleted";
          case "Failed" -> "PodFailed";
          default -> "ContainersNotReady";
        };
    var status =
        new PodStatusBuilder(pod.getStatus())
            .withPhase(phase)
            .withHostIP(LocalNode.ADDRESS)
            .withConditions(conditions(pod.getStatus(), ready, notReady))
            .withContainerStatuses(
                new ContainerStatusBuilder()
                    .withName(container.getName())
                    .withImage(container.getImage())
                    .withImageID(container.getImage())
                    .withContainerID("local://" + pod.getMetadata().getUid())
                    .withReady(ready)
                    .withStarted(ready)
                    .withRestartCount(restarts)
                    .withState(state)
                    .build());
    if (pod.getStatus().getStartTime() == null) {
      status.withStartTime(seconds(Instant.now()));
    }
    if (address != null) {
      status.withPodIP(address).withPodIPs(List.of()).addNewPodIP().withIp(address).endPodIP();
    }
    return new PodBuilder(pod).withStatus(status.build()).build();
  }

  private static List<PodCondition> conditions(PodStatus before, boolean ready, String notReady) {
    var conditions = new ArrayList<PodCondition>();
    before.getConditions().stream()
        .filter(condition -> condition.getType().equals("PodScheduled"))
        .forEach(conditions::add);
    conditions.add(condition(before, "Initialized", true, null));
    conditions.add(condition(before, "Ready", ready, notReady));
    conditions.add(condition(before, "ContainersReady", ready, notReady));
    return conditions;
  }

  private static PodCondition condition(
      PodStatus before, String type, boolean isTrue, String notReady) {
    String value = isTrue ? "True" : "False";
    String since =
        before.getConditions().stream()
            .filter(old -> old.getType().equals(type) && Objects.equals(old.getStatus(), value))
            .map(PodCondition::getLastTransitionTime)
            .findFirst()
            .orElseGet(() -> seconds(Instant.now()));
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(value)
        .withReason(isTrue ? null : notReady)
        .withLastTransitionTime(since)
        .build();
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
