package dev.millrace.operator.observe;

/** What a job is meant to do. */
public enum WantedState {
  /** Run. */
  RUNNING,
  /** Be stopped, with a savepoint. */
  SUSPENDED
}
