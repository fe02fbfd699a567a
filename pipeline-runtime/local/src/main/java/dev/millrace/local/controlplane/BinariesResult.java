package dev.millrace.local.controlplane;

/** Whether there is a control plane to start. */
public sealed interface BinariesResult {
  /** All three programs are there. */
  record Found(ControlPlaneBinaries binaries) implements BinariesResult {}

  /**
   * Something is missing.
   *
   * @param reason every place that was looked at and what is wrong with it
   */
  record Missing(String reason) implements BinariesResult {}
}
