package dev.millrace.binding;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Feature;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.kernel.Aggregate;

/** What an aggregation is to the kernel and what type its columns have (semantics.md §3). */
final class FeatureColumns {
  private FeatureColumns() {}

  static Aggregate aggregate(Aggregation aggregation) {
    return switch (aggregation) {
      case COUNT -> Aggregate.COUNT;
      case SUM -> Aggregate.SUM;
      case MEAN -> Aggregate.MEAN;
      case MIN -> Aggregate.MIN;
      case MAX -> Aggregate.MAX;
      case VARIANCE -> Aggregate.VARIANCE;
      case STD_DEV -> Aggregate.STD_DEV;
      case COUNT_DISTINCT -> Aggregate.COUNT_DISTINCT;
      case QUANTILE -> Aggregate.QUANTILE;
      case FIRST -> Aggregate.FIRST;
      case LAST -> Aggregate.LAST;
    };
  }

  /**
   * Type of a feature's columns.
   *
   * @param value type of its value, null for Count without one
   * @throws MillraceFailure {@link Reason#DEFINITION_REFUSED} if the aggregation cannot take it
   */
  static ColumnType type(Feature feature, ColumnType value) {
    Aggregation aggregation = feature.aggregation();
    if (!accepts(aggregation, value)) {
      throw new MillraceFailure(
          Reason.DEFINITION_REFUSED,
          "feature "
              + feature.name()
              + ": "
              + aggregation.text()
              + " cannot take "
              + (value == null ? "no value" : value.toString()));
    }
    return switch (aggregation) {
      case COUNT, COUNT_DISTINCT -> ColumnType.LONG;
      case MEAN, VARIANCE, STD_DEV, QUANTILE -> ColumnType.DOUBLE;
      case SUM -> value.equals(ColumnType.BOOLEAN) ? ColumnType.LONG : value;
      case MIN, MAX, FIRST, LAST -> value;
    };
  }

  private static boolean accepts(Aggregation aggregation, ColumnType value) {
    return switch (aggregation) {
      case COUNT -> true;
      case COUNT_DISTINCT, FIRST, LAST -> value != null;
      case MIN, MAX -> value != null && value.type() != FieldType.STRING;
      case SUM, MEAN, VARIANCE, STD_DEV, QUANTILE ->
          value != null && value.type() != FieldType.STRING && value.type() != FieldType.TIMESTAMP;
    };
  }
}
