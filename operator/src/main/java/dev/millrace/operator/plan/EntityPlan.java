package dev.millrace.operator.plan;

import java.util.List;

/**
 * An entity's columns, feature columns in the order of the spec, then derived ones.
 *
 * @param name entity name
 * @param columns its columns
 */
public record EntityPlan(String name, List<ColumnPlan> columns) {
  public EntityPlan {
    columns = List.copyOf(columns);
  }
}
