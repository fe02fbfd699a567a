package dev.millrace.local.actor.cluster;

import java.util.List;

/** The rule of {@code lifecycleState}: first match wins (neighbours.md §2.6). */
final class FlinkLifecycle {
  private static final List<String> LOST_FOR_GOOD =
      List.of(
          "Manual restore required.",
          "HA metadata is not available",
          "the configmaps have been deleted.");

  private FlinkLifecycle() {}

  static String of(FlinkStatus status) {
    var last = status.lastSpec();
    if (last.isEmpty()) {
      return status.error().isEmpty() ? "CREATED" : FlinkStatus.FAILED;
    }
    if (!status.reconciliation().equals(FlinkStatus.DEPLOYED)) {
      return status.reconciliation();
    }
    if (last.get().isSuspended()) {
      return "SUSPENDED";
    }
    boolean isJobManagerGone =
        status.jobManager().equals(FlinkStatus.MISSING)
            || status.jobManager().equals(FlinkStatus.ERROR);
    if (status.jobState().equals(FlinkStatus.FAILED)
        || isJobManagerGone && LOST_FOR_GOOD.stream().anyMatch(status.error()::contains)) {
      return FlinkStatus.FAILED;
    }
    var reconciled = status.node().path("reconciliationStatus");
    String stable = reconciled.path("lastStableSpec").asText("");
    return stable.equals(reconciled.path("lastReconciledSpec").asText())
        ? "STABLE"
        : FlinkStatus.DEPLOYED;
  }
}
