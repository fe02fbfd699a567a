package dev.millrace.flink;

import dev.millrace.contract.StreamWiring;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Flink settings of the job. What correctness needs is set whatever the cluster says; the rest only
 * where the cluster says nothing.
 */
final class StreamSettings {
  private StreamSettings() {}

  static void apply(StreamExecutionEnvironment env, StreamWiring wiring) {
    var settings = new Configuration();
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    // Aligned barriers put every subtask at the same grid point (performance.md §3.10).
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    // An operator without a uid would lose its state at the next change of the graph.
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    settings.set(PipelineOptions.MAX_PARALLELISM, wiring.maxParallelism());
    settings.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL,
        Duration.ofMillis(wiring.checkpointIntervalMillis()));
    ReadableConfig cluster = env.getConfiguration();
    unlessSet(
        cluster, settings, CheckpointingOptions.CHECKPOINTS_DIRECTORY, wiring.checkpointLocation());
    unlessSet(cluster, settings, CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    unlessSet(cluster, settings, RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    unlessSet(
        cluster,
        settings,
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofMinutes(5));
    env.configure(settings);
  }

  private static <T> void unlessSet(
      ReadableConfig cluster, Configuration settings, ConfigOption<T> option, T value) {
    if (cluster.getOptional(option).isEmpty()) {
      settings.set(option, value);
    }
  }
}
