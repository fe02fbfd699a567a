package dev.millrace.spark.gate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The published anchor days that a run is compared with: the last before its first (semantics.md
 * §9). A day that several runs wrote to counts once, with all its rows.
 *
 * @param days those days, oldest first
 * @param fields per schema field, nulls and rows of each day that knows the field
 * @param columns per feature column, nulls and rows of each day that has it with the run's type
 */
public record Baseline(
    List<String> days, Map<String, List<Rate>> fields, Map<String, List<Rate>> columns) {
  public Baseline {
    days = List.copyOf(days);
    fields = new TreeMap<>(fields);
    columns = new TreeMap<>(columns);
  }

  /**
   * Nulls of one day.
   *
   * @param nulls rows without a value
   * @param rows rows
   */
  public record Rate(long nulls, long rows) {
    /** Both parts of a day. */
    public Rate plus(Rate other) {
      return new Rate(nulls + other.nulls, rows + other.rows);
    }
  }
}
