package dev.millrace.operator.plan;

import dev.millrace.operator.config.Connection;

/** Where the newest values are kept. */
public sealed interface OnlinePlan {
  /** A Redis that an administrator registered. */
  record Registered(Connection.Redis connection) implements OnlinePlan {}

  /**
   * A Redis of the pipeline's own.
   *
   * @param memory Kubernetes quantity
   * @param storage Kubernetes quantity of its volume
   */
  record Managed(String memory, String storage) implements OnlinePlan {}
}
