package dev.millrace.spark.publish;

/**
 * Label-delay curve: label ts − t0 over all label events that match an anchor after its gap, by
 * exact nearest rank; milliseconds, null when there is none.
 *
 * @param count label events
 */
public record LabelDelays(
    long count, Long p50Millis, Long p90Millis, Long p95Millis, Long p99Millis) {}
