package dev.millrace.local.chart;

import java.util.List;

/**
 * One series of a chart.
 *
 * @param name what it shows, with its unit
 * @param style CSS class: {@code s1} to {@code s3}, or {@code limit}
 * @param values one per category; null for none
 */
public record Series(String name, String style, List<Double> values) {
  public Series {
    values = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(values));
  }

  /** Whether it is a limit that others are held against: a line without dots. */
  boolean isLimit() {
    return style.equals("limit");
  }
}
