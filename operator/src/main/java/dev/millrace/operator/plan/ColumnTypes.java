package dev.millrace.operator.plan;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.FieldType;

/** Which inputs an aggregation takes and what it yields (semantics.md §3, "Numbers"). */
final class ColumnTypes {
  private ColumnTypes() {}

  /** Whether the aggregation can take values of that type. */
  static boolean accepts(Aggregation aggregation, FieldType input) {
    return switch (aggregation) {
      case COUNT, COUNT_DISTINCT, FIRST, LAST -> true;
      case MIN, MAX -> input != FieldType.STRING;
      case SUM, MEAN, VARIANCE, STD_DEV, QUANTILE ->
          input != FieldType.STRING && input != FieldType.TIMESTAMP;
    };
  }

  /** Type of the aggregation's columns; {@code input} is null for Count without a value. */
  static ColumnType output(Aggregation aggregation, ColumnType input) {
    return switch (aggregation) {
      case COUNT, COUNT_DISTINCT -> ColumnType.LONG;
      case MEAN, VARIANCE, STD_DEV, QUANTILE -> ColumnType.DOUBLE;
      case SUM -> input.equals(ColumnType.BOOLEAN) ? ColumnType.LONG : input;
      case MIN, MAX, FIRST, LAST -> input;
    };
  }
}
