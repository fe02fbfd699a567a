package dev.millrace.local.actor.cluster;

/** What can go wrong at the Flink operator or a JobManager, on demand. */
public enum FlinkFault {
  /** Flink refuses every savepoint; the job runs on. */
  REFUSE_SAVEPOINTS,
  /** A JobManager that is to be started does not start before the fault is healed. */
  SLOW_JOB_MANAGER,
  /** A JobManager is there and does not answer, to its operator and to everyone else. */
  SILENT_JOB_MANAGER,
  /** No operator looks at the deployment; its job runs on. */
  OPERATOR_ABSENT
}
