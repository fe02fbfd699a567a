package dev.millrace.testkit;

import dev.millrace.kernel.WindowColumn;
import java.math.BigDecimal;
import java.util.List;

/** How far the two sketches may be from the exact value (semantics.md §3). */
public final class SketchBounds {
  /** Distinct values per window that are counted exactly. */
  public static final int EXACT_DISTINCT = 256;

  /** Relative accuracy of Quantile. */
  public static final double QUANTILE_ACCURACY = 0.01;

  /** Six standard errors of HyperLogLog with 2^12 registers: 1.04 / 64 each. */
  public static final double DISTINCT_ACCURACY = 6 * 1.04 / 64;

  // The quotient by log(γ) is itself rounded: values at a bucket's very edge.
  private static final double ROUNDING = 1e-9;

  private SketchBounds() {}

  /** The value of rank floor(q × (n − 1)) in ascending order, as DDSketch defines it. */
  public static double exactQuantile(WindowColumn column, List<Object> values) {
    double rank = column.quantile() * (values.size() - 1);
    return ascending(column, values)[(int) Math.floor(rank)];
  }

  /** Whether an estimate keeps the promise of 1 % for the given contributions. */
  public static boolean quantileHolds(WindowColumn column, List<Object> values, double estimate) {
    double[] sorted = ascending(column, values);
    double rank = column.quantile() * (values.size() - 1);
    // q as a double may lie a hair beside the decimal that was meant: then both ranks are right.
    int low = (int) Math.floor(rank - ROUNDING);
    int high = (int) Math.floor(rank + ROUNDING);
    return isNear(sorted[Math.max(0, low)], estimate)
        || isNear(sorted[Math.min(sorted.length - 1, high)], estimate);
  }

  /** Whether a distinct count is exact where it must be, and near the exact one beyond. */
  public static boolean distinctHolds(long exact, long estimate) {
    return exact <= EXACT_DISTINCT
        ? exact == estimate
        : Math.abs(estimate - exact) <= DISTINCT_ACCURACY * exact;
  }

  private static boolean isNear(double exact, double estimate) {
    return Math.abs(estimate - exact) <= (QUANTILE_ACCURACY + ROUNDING) * Math.abs(exact);
  }

  private static double[] ascending(WindowColumn column, List<Object> values) {
    return values.stream().mapToDouble(value -> asDouble(value, column.scale())).sorted().toArray();
  }

  private static double asDouble(Object value, int scale) {
    return value instanceof Long unscaled
        ? BigDecimal.valueOf(unscaled, scale).doubleValue()
        : (Double) value;
  }
}
