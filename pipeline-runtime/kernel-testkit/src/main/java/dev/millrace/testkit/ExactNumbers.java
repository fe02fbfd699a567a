package dev.millrace.testkit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** The numbers of semantics.md §3 in exact arithmetic: slow, obvious. */
public final class ExactNumbers {
  /** Unit of the fixed point: 2^64. */
  public static final BigInteger FIXED_ONE = BigInteger.ONE.shiftLeft(64);

  private static final int QUOTIENT_BITS = 80;

  private ExactNumbers() {}

  /** A double rounded once, half to even, to fixed point with 64 fraction bits. */
  public static BigInteger toFixed(double value) {
    return new BigDecimal(value)
        .multiply(new BigDecimal(FIXED_ONE))
        .setScale(0, RoundingMode.HALF_EVEN)
        .toBigIntegerExact();
  }

  /** The double nearest to a quotient, half to even; one rounding. */
  public static double toDouble(BigInteger numerator, BigInteger denominator) {
    if (denominator.signum() <= 0) {
      throw new IllegalArgumentException("denominator " + denominator + " is not positive");
    }
    if (numerator.signum() == 0) {
      return 0.0;
    }
    BigInteger magnitude = numerator.abs();
    int shift = QUOTIENT_BITS - magnitude.bitLength() + denominator.bitLength();
    BigInteger[] parts =
        shift >= 0
            ? magnitude.shiftLeft(shift).divideAndRemainder(denominator)
            : magnitude.divideAndRemainder(denominator.shiftLeft(-shift));
    // One more bit tells an inexact quotient from a tie; BigInteger then rounds half to even.
    BigInteger sticky = parts[1].signum() == 0 ? BigInteger.ZERO : BigInteger.ONE;
    double rounded = parts[0].shiftLeft(1).or(sticky).doubleValue();
    return numerator.signum() * Math.scalb(rounded, -shift - 1);
  }
}
