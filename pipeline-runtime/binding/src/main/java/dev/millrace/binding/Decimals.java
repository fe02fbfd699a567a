package dev.millrace.binding;

import java.math.BigDecimal;

/** Decimals of up to 18 digits, kept as unscaled longs (semantics.md §3, "Numbers"). */
final class Decimals {
  /** Absolute unscaled values at or above this do not fit: 10^18, the precision of the archive. */
  static final long LIMIT = 1_000_000_000_000_000_000L;

  private static final long EXACT_AS_DOUBLE = 1L << 53;
  private static final double[] POWERS_OF_TEN = new double[19];

  static {
    for (int i = 0; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = Double.parseDouble("1e" + i);
    }
  }

  private Decimals() {}

  /**
   * The nearest double. Dividing two exactly represented numbers rounds once; only unscaled values
   * beyond 2^53 take the slow way.
   */
  static double toDouble(long unscaled, int scale) {
    return Math.abs(unscaled) <= EXACT_AS_DOUBLE
        ? unscaled / POWERS_OF_TEN[scale]
        : BigDecimal.valueOf(unscaled, scale).doubleValue();
  }

  /** Whether the unscaled value has at most 18 digits. */
  static boolean fits(long unscaled) {
    return unscaled > -LIMIT && unscaled < LIMIT;
  }
}
