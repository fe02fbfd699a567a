package dev.millrace.operator.plan;

/**
 * How the Flink job runs; nothing here changes a number.
 *
 * @param parallelism parallelism of the keyed operators
 * @param maxParallelism number of key groups, fixed per version
 * @param checkpointIntervalMillis time between checkpoints
 * @param idleTimeoutMillis silence after which a consumed partition is ignored by the clock
 * @param jobManager size of the job manager
 * @param taskManager size of one task manager
 * @param slots slots of one task manager
 */
public record StreamPlan(
    int parallelism,
    int maxParallelism,
    long checkpointIntervalMillis,
    long idleTimeoutMillis,
    ProcessPlan jobManager,
    ProcessPlan taskManager,
    int slots) {}
