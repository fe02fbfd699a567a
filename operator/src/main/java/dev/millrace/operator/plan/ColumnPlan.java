package dev.millrace.operator.plan;

import dev.millrace.contract.ColumnType;

/**
 * A column of an entity's rows.
 *
 * @param name column name
 * @param feature feature or derived column it comes from
 * @param type its type
 * @param window window as written; empty for a derived column
 * @param tailMillis effective tail resolution (semantics.md §3); 0 for a derived column
 */
public record ColumnPlan(
    String name, String feature, ColumnType type, String window, long tailMillis) {
  /** Whether it is computed from other columns. */
  public boolean derived() {
    return window.isEmpty();
  }
}
