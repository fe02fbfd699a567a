package dev.millrace.operator.plan.spec;

import static dev.millrace.operator.plan.spec.Defaults.list;
import static dev.millrace.operator.plan.spec.Defaults.or;

import java.util.List;

/** {@code spec} of a FeaturePipeline (api.md §1). */
public record PipelineSpec(
    Integer version,
    Boolean suspend,
    String deletionPolicy,
    String slide,
    SourceSpec source,
    List<EntitySpec> entities,
    OnlineSpec online,
    OfflineSpec offline,
    StreamSpec stream,
    FreshnessSpec freshness,
    RolloutSpec rollout) {
  public PipelineSpec {
    entities = list(entities);
    online = or(online, new OnlineSpec(null, null));
  }

  /** Neither field means the connection {@code default}. */
  public record OnlineSpec(String connection, ManagedRedisSpec managed) {
    public OnlineSpec {
      connection = managed == null ? or(connection, "default") : connection;
    }
  }

  /** Sizes of a Redis of the pipeline's own. */
  public record ManagedRedisSpec(String memory, String storage) {}

  /** The Parquet store. */
  public record OfflineSpec(String connection, String retention) {}

  /** The Flink job. */
  public record StreamSpec(
      Integer parallelism,
      Integer maxParallelism,
      String checkpointInterval,
      ProcessSpec jobManager,
      TaskManagerSpec taskManager) {}

  /** A task manager and its slots. */
  public record TaskManagerSpec(String cpu, String memory, Integer slots) {}

  /** How fresh values must be. */
  public record FreshnessSpec(String target) {}

  /** Consent to a plan that loses data. */
  public record RolloutSpec(String approvedPlan) {}
}
