package dev.millrace.spark.gate;

import java.util.Map;
import java.util.TreeMap;

/**
 * Nulls and positives in the rows of one anchor day (semantics.md §9).
 *
 * @param rows training rows
 * @param positives rows with a true Boolean label; null for other labels
 * @param fields rows whose anchor has no value of a schema field, by field; every field is there
 * @param columns rows without a value of a feature column, by column; every column is there
 */
public record DayStatistics(
    long rows, Long positives, Map<String, Long> fields, Map<String, Long> columns) {
  public DayStatistics {
    fields = new TreeMap<>(fields);
    columns = new TreeMap<>(columns);
  }
}
