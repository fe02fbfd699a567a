package dev.millrace.testkit;

import dev.millrace.kernel.InputType;
import dev.millrace.kernel.WindowColumn;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Values of semantics.md §3 from the list of contributions. Results: Long for counts, Long for a
 * Sum of integers (same scale), Double for everything that divides and for a Sum of doubles, the
 * input's own type for Min, Max, First, Last; null where there is none, and for a Sum of integers
 * beyond 64 bits.
 */
public final class NaiveAggregates {
  private NaiveAggregates() {}

  /**
   * The exact value of a column. For CountDistinct beyond 256 values and for Quantile this is the
   * value that the sketch estimates: compare those by {@link SketchBounds}.
   *
   * @param events the contributions of the column's window, in any order
   */
  public static Object value(WindowColumn column, InputType type, List<OracleEvent> events) {
    List<Object> values =
        events.stream().map(event -> normal(event.values().get(column.input()))).toList();
    return switch (column.aggregate()) {
      case COUNT -> (long) values.size();
      case COUNT_DISTINCT -> (long) new HashSet<>(values).size();
      case SUM -> sum(type, values);
      case MEAN -> values.isEmpty() ? null : mean(column, type, values);
      case VARIANCE -> values.isEmpty() ? null : variance(column, type, values);
      case STD_DEV -> values.isEmpty() ? null : Math.sqrt(variance(column, type, values));
      case MIN -> values.stream().min(order(type)).orElse(null);
      case MAX -> values.stream().max(order(type)).orElse(null);
      case FIRST -> edge(column, events, OracleEvent.BY_TIME_AND_ID.reversed());
      case LAST -> edge(column, events, OracleEvent.BY_TIME_AND_ID);
      case QUANTILE -> values.isEmpty() ? null : SketchBounds.exactQuantile(column, values);
    };
  }

  /** Zero has one sign. */
  static Object normal(Object value) {
    return value instanceof Double number ? (Object) (number + 0.0) : value;
  }

  private static Object edge(
      WindowColumn column, List<OracleEvent> events, Comparator<OracleEvent> order) {
    return events.stream()
        .max(order)
        .map(event -> normal(event.values().get(column.input())))
        .orElse(null);
  }

  private static Object sum(InputType type, List<Object> values) {
    BigInteger sum = total(type, values, UnaryOperator.identity());
    if (type == InputType.DOUBLE) {
      return ExactNumbers.toDouble(sum, ExactNumbers.FIXED_ONE);
    }
    // A wrapped number would be a lie.
    return sum.bitLength() < Long.SIZE ? (Object) sum.longValue() : null;
  }

  private static double mean(WindowColumn column, InputType type, List<Object> values) {
    BigInteger sum = total(type, values, UnaryOperator.identity());
    return ExactNumbers.toDouble(sum, unit(column, type).multiply(count(values)));
  }

  /** Population variance: (n Σx² − (Σx)²) / n². */
  private static double variance(WindowColumn column, InputType type, List<Object> values) {
    BigInteger n = count(values);
    BigInteger sum = total(type, values, UnaryOperator.identity());
    BigInteger squares = total(type, values, x -> x.multiply(x));
    BigInteger unit = unit(column, type).multiply(n);
    return ExactNumbers.toDouble(
        n.multiply(squares).subtract(sum.multiply(sum)), unit.multiply(unit));
  }

  private static BigInteger count(List<Object> values) {
    return BigInteger.valueOf(values.size());
  }

  private static BigInteger unit(WindowColumn column, InputType type) {
    return type == InputType.DOUBLE ? ExactNumbers.FIXED_ONE : BigInteger.TEN.pow(column.scale());
  }

  private static BigInteger total(
      InputType type, List<Object> values, UnaryOperator<BigInteger> term) {
    BigInteger total = BigInteger.ZERO;
    for (Object value : values) {
      BigInteger exact =
          type == InputType.DOUBLE
              ? ExactNumbers.toFixed((Double) value)
              : BigInteger.valueOf((Long) value);
      total = total.add(term.apply(exact));
    }
    return total;
  }

  private static Comparator<Object> order(InputType type) {
    return switch (type) {
      case INTEGER -> Comparator.comparingLong(value -> (Long) value);
      case DOUBLE -> Comparator.comparingDouble(value -> (Double) value);
      case TEXT, PRESENCE -> throw new IllegalArgumentException(type + " has no Min and Max");
    };
  }
}
