package dev.millrace.contract;

import java.util.List;

/**
 * One feature: one aggregation over one or more windows, one column per window.
 *
 * @param name feature name; its columns are {@code <name>_<window>}
 * @param aggregation what is computed
 * @param value schema field or CEL expression; empty only for Count
 * @param where CEL filter; empty means all events
 * @param windows window lengths as users wrote them ({@code 24h} and {@code 1d} name different
 *     columns)
 * @param offsetMillis how far the window is shifted back from T
 * @param quantile decimal text between 0 and 1; empty unless Quantile
 * @param precision tail resolution
 * @param emptyAs text of the value of an empty window; empty means the aggregation's own (§3)
 */
public record Feature(
    String name,
    Aggregation aggregation,
    String value,
    String where,
    List<String> windows,
    long offsetMillis,
    String quantile,
    Precision precision,
    String emptyAs) {
  public Feature {
    windows = List.copyOf(windows);
  }

  /** Column name of one of the windows. */
  public String column(String window) {
    return name + "_" + window;
  }
}
