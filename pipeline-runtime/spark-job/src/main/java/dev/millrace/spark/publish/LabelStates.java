package dev.millrace.spark.publish;

import java.util.Map;
import java.util.TreeMap;

/**
 * Anchors by label state (semantics.md §8).
 *
 * @param pending not final yet
 * @param pendingPositives pending anchors with a positive already known (Boolean labels); never in
 *     training data
 * @param mature found final by this run, and finalised by it unless the quality gate refused
 * @param finalised rows of this and all earlier runs
 * @param oldestPending least t0 that is pending, ISO 8601; null for none
 * @param nextMaturity label watermark at which it matures, ISO 8601; null for none
 * @param pendingByDay pending anchors per UTC day of t0
 * @param pendingPositivesByDay of them, those with a positive already known; days with any
 */
public record LabelStates(
    long pending,
    long pendingPositives,
    long mature,
    long finalised,
    String oldestPending,
    String nextMaturity,
    Map<String, Long> pendingByDay,
    Map<String, Long> pendingPositivesByDay) {
  public LabelStates {
    pendingByDay = new TreeMap<>(pendingByDay);
    pendingPositivesByDay =
        new TreeMap<>(pendingPositivesByDay == null ? Map.of() : pendingPositivesByDay);
  }
}
