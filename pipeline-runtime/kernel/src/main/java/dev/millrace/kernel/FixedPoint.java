package dev.millrace.kernel;

/**
 * Doubles as 128-bit integers in units of 2^-64 (semantics.md §3): each input is rounded once, half
 * to even, then sums are exact. Values are below 2^43 in magnitude, so 2^20 of the largest fit.
 */
final class FixedPoint {
  /** A sum in units of 2^-64 times 2 to this power is the value. */
  static final int EXPONENT = -64;

  private FixedPoint() {}

  /** High word of a double's fixed-point form. */
  static long high(double value) {
    long magnitudeHigh = magnitude(value, true);
    long magnitudeLow = magnitude(value, false);
    return value < 0 ? ~magnitudeHigh + (magnitudeLow == 0 ? 1 : 0) : magnitudeHigh;
  }

  /** Low word of a double's fixed-point form. */
  static long low(double value) {
    long magnitudeLow = magnitude(value, false);
    return value < 0 ? -magnitudeLow : magnitudeLow;
  }

  private static long magnitude(double value, boolean highWord) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7ff;
    long mantissa = bits & 0xfffffffffffffL;
    if (exponent == 0) {
      exponent = 1; // subnormal: no hidden bit
    } else {
      mantissa |= 1L << 52;
    }
    // value = mantissa · 2^(exponent − 1075); in units of 2^-64 the shift is 64 more
    int shift = exponent - 1075 - EXPONENT;
    if (shift < 0) {
      return highWord ? 0 : roundedRight(mantissa, -shift);
    }
    if (!highWord) {
      return shift >= 64 ? 0 : mantissa << shift;
    }
    return shift == 0 ? 0 : shift >= 64 ? mantissa << (shift - 64) : mantissa >>> (64 - shift);
  }

  private static long roundedRight(long mantissa, int shift) {
    if (shift > 54) {
      return 0;
    }
    long floor = mantissa >>> shift;
    long rest = mantissa & ((1L << shift) - 1);
    long half = 1L << (shift - 1);
    return rest > half || rest == half && (floor & 1) == 1 ? floor + 1 : floor;
  }
}
