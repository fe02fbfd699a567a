package dev.millrace.spark.gate;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the gate looks at of a run's own rows.
 *
 * @param days nulls by UTC day of t0, ISO 8601
 * @param types Spark's type of each feature column
 * @param percentiles percentile of each numeric feature column that has a value
 */
public record RunStatistics(
    Map<String, DayStatistics> days,
    Map<String, String> types,
    Map<String, BigDecimal> percentiles) {
  public RunStatistics {
    days = new TreeMap<>(days);
    types = new TreeMap<>(types);
    percentiles = new TreeMap<>(percentiles);
  }

  /** Training rows of all days. */
  public long rows() {
    return days.values().stream().mapToLong(DayStatistics::rows).sum();
  }

  /** The first anchor day. */
  public String firstDay() {
    return ((TreeMap<String, DayStatistics>) days).firstKey();
  }
}
