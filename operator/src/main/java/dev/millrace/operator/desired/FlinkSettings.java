package dev.millrace.operator.desired;

import dev.millrace.operator.config.Connection;
import dev.millrace.operator.plan.PipelinePlan;
import java.util.Map;
import java.util.TreeMap;

/**
 * Flink 2 configuration of a job. No key is a prefix of another, which Flink 2 refuses
 * (neighbours.md §2.3), and none comes from a tenant.
 */
final class FlinkSettings {
  private FlinkSettings() {}

  static Map<String, String> of(PipelinePlan plan, Deletion deletion) {
    var settings = new TreeMap<String, String>();
    checkpoints(plan, settings);
    settings.put("high-availability.type", "kubernetes");
    settings.put("high-availability.storageDir", plan.location() + "/ha/v=" + plan.version());
    settings.put("restart-strategy.type", "exponential-delay");
    settings.put("restart-strategy.exponential-delay.initial-backoff", "1 s");
    settings.put("restart-strategy.exponential-delay.max-backoff", "5 min");
    settings.put("pipeline.max-parallelism", String.valueOf(plan.stream().maxParallelism()));
    settings.put("taskmanager.numberOfTaskSlots", String.valueOf(plan.stream().slots()));
    settings.put("env.java.opts.all", "-Duser.timezone=UTC");
    // The REST runs code by design, so it takes no jobs (reliability.md §3.5).
    settings.put("web.submit.enable", "false");
    flinkOperator(deletion, settings);
    storage(plan.storage(), settings);
    return settings;
  }

  /**
   * How the Flink operator treats the job. A failed job is not restarted: the restart strategy
   * never gives up, so a job is terminal only because it refused its definition or its start, and
   * one without a known savepoint would be started empty (neighbours.md §2.7).
   */
  private static void flinkOperator(Deletion deletion, Map<String, String> settings) {
    // A final watermark would fire every window, so nothing is ever drained.
    settings.put("kubernetes.operator.job.drain-on-savepoint-deletion", "false");
    settings.put(
        "kubernetes.operator.job.savepoint-on-deletion",
        String.valueOf(deletion == Deletion.SAVEPOINT));
    settings.put("kubernetes.operator.job.upgrade.last-state-fallback.enabled", "true");
    settings.put("kubernetes.operator.job.restart.failed", "false");
  }

  private static void checkpoints(PipelinePlan plan, Map<String, String> settings) {
    settings.put("state.backend.type", "rocksdb");
    settings.put("execution.checkpointing.mode", "EXACTLY_ONCE");
    settings.put(
        "execution.checkpointing.interval", plan.stream().checkpointIntervalMillis() + " ms");
    settings.put("execution.checkpointing.timeout", "10 min");
    settings.put("execution.checkpointing.incremental", "true");
    settings.put(
        "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
    settings.put("execution.checkpointing.dir", Documents.checkpoints(plan));
    settings.put("execution.checkpointing.savepoint-dir", Documents.savepoints(plan));
  }

  private static void storage(Connection.Storage storage, Map<String, String> settings) {
    if (!storage.endpoint().isEmpty()) {
      settings.put("s3.endpoint", storage.endpoint());
      settings.put("s3.path.style.access", "true");
    }
    if (!storage.credentialsSecret().isEmpty()) {
      // Not among the providers that are asked by default.
      settings.put(
          "fs.s3a.aws.credentials.provider",
          "com.amazonaws.auth.profile.ProfileCredentialsProvider");
    }
  }
}
