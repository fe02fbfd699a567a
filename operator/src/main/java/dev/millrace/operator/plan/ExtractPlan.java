package dev.millrace.operator.plan;

/**
 * When and how an extract runs.
 *
 * @param schedule five cron fields
 * @param timeZone name of the schedule's time zone
 * @param servingDelayMillis T + servingDelay ≤ t0 (semantics.md §7)
 * @param historyFromMillis oldest anchor; {@link Long#MIN_VALUE} for all
 * @param timeoutMillis longest run
 * @param driver size of the driver
 * @param executors number of executors; 0 runs everything in the driver
 * @param executor size of one executor
 */
public record ExtractPlan(
    String schedule,
    String timeZone,
    long servingDelayMillis,
    long historyFromMillis,
    long timeoutMillis,
    ProcessPlan driver,
    int executors,
    ProcessPlan executor) {}
