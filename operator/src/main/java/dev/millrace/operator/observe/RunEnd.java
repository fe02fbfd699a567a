package dev.millrace.operator.observe;

/** How a Job ended (neighbours.md §4.2). */
public enum RunEnd {
  /** Condition Complete. */
  COMPLETED,
  /** {@code BackoffLimitExceeded}: every try failed. */
  FAILED,
  /** {@code DeadlineExceeded}: the pod and its message are gone. */
  TIMED_OUT,
  /** {@code PodFailurePolicy}: exit code 3, the gate refused. */
  REFUSED
}
