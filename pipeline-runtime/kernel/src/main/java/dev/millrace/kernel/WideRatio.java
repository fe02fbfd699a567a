package dev.millrace.kernel;

/**
 * Correctly rounded (half to even) quotients of wide integers as doubles, without BigInteger: Mean
 * and Variance are one division (semantics.md §3). Holds scratch words; one instance per thread.
 */
final class WideRatio {
  static final long[] POWERS_OF_TEN = new long[19];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
  }

  /** Widest numerator or denominator, shifted: 320 + 57 and 384 + 57 bits with room to spare. */
  private static final int WORDS = 14;

  /** Bits of a double's significand plus guard and round bits. */
  private static final int QUOTIENT_BITS = 55;

  private final long[] numerator = new long[WORDS];
  private final long[] denominator = new long[WORDS];

  /** Starts a quotient: numerator 0, denominator 1. */
  WideRatio begin() {
    java.util.Arrays.fill(numerator, 0);
    java.util.Arrays.fill(denominator, 0);
    denominator[0] = 1;
    return this;
  }

  /** Numerator = |high:low|. */
  WideRatio numerator128(long high, long low) {
    numerator[0] = high < 0 ? -low : low;
    numerator[1] = high < 0 ? ~high + (low == 0 ? 1 : 0) : high;
    return this;
  }

  /** Numerator = n · Σx² − (Σx)², which is never negative. */
  WideRatio numeratorOfVariance(long n, long[] totals, int squareAt, long sumHigh, long sumLow) {
    for (int i = 0; i < 4; i++) {
      numerator[i] = totals[squareAt + i];
    }
    multiply(numerator, n);
    var square = denominator; // borrowed: the denominator is set afterwards
    java.util.Arrays.fill(square, 0);
    Wide.addSquare(square, 0, sumHigh, sumLow);
    subtract(numerator, square);
    java.util.Arrays.fill(denominator, 0);
    denominator[0] = 1;
    return this;
  }

  /** Multiplies the denominator by a positive factor. */
  WideRatio times(long factor) {
    multiply(denominator, factor);
    return this;
  }

  /** numerator / denominator · 2^exponent. */
  double quotient(int exponent) {
    int numeratorBits = bitLength(numerator);
    if (numeratorBits == 0) {
      return 0.0;
    }
    int shift = QUOTIENT_BITS - (numeratorBits - bitLength(denominator));
    if (shift > 0) {
      shiftLeft(numerator, shift);
    } else {
      shiftLeft(denominator, -shift);
    }
    // The quotient now has 55 or 56 bits; restoring division, highest bit first.
    shiftLeft(denominator, QUOTIENT_BITS);
    long quotient = 0;
    for (int bit = QUOTIENT_BITS; bit >= 0; bit--) {
      quotient <<= 1;
      if (compare(numerator, denominator) >= 0) {
        subtract(numerator, denominator);
        quotient |= 1;
      }
      shiftRightOne(denominator);
    }
    boolean sticky = bitLength(numerator) != 0;
    return toDouble(quotient, sticky, exponent - shift);
  }

  /** Rounds quotient · 2^exponent, with {@code sticky} for a rest below it, half to even. */
  private static double toDouble(long quotient, boolean sticky, int exponent) {
    int drop = 64 - Long.numberOfLeadingZeros(quotient) - 53;
    // Results are normal numbers: the smallest non-zero one is above 2^-300.
    long floor = quotient >>> drop;
    long rest = quotient & ((1L << drop) - 1);
    long half = 1L << (drop - 1);
    boolean up = rest > half || rest == half && (sticky || (floor & 1) == 1);
    return Math.scalb((double) (up ? floor + 1 : floor), exponent + drop);
  }

  private static int bitLength(long[] words) {
    for (int i = WORDS - 1; i >= 0; i--) {
      if (words[i] != 0) {
        return 64 * i + 64 - Long.numberOfLeadingZeros(words[i]);
      }
    }
    return 0;
  }

  private static void multiply(long[] words, long factor) {
    long carry = 0;
    for (int i = 0; i < WORDS; i++) {
      long low = words[i] * factor;
      long sum = low + carry;
      carry = Wide.unsignedHigh(words[i], factor) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
      words[i] = sum;
    }
  }

  private static void subtract(long[] from, long[] other) {
    long borrow = 0;
    for (int i = 0; i < WORDS; i++) {
      long partial = from[i] - other[i];
      long difference = partial - borrow;
      borrow =
          Long.compareUnsigned(from[i], other[i]) < 0 || Long.compareUnsigned(partial, borrow) < 0
              ? 1
              : 0;
      from[i] = difference;
    }
  }

  private static int compare(long[] a, long[] b) {
    for (int i = WORDS - 1; i >= 0; i--) {
      if (a[i] != b[i]) {
        return Long.compareUnsigned(a[i], b[i]);
      }
    }
    return 0;
  }

  private static void shiftLeft(long[] words, int bits) {
    int whole = bits >>> 6;
    int part = bits & 63;
    for (int i = WORDS - 1; i >= 0; i--) {
      long high = i - whole >= 0 ? words[i - whole] : 0;
      long low = i - whole - 1 >= 0 ? words[i - whole - 1] : 0;
      words[i] = part == 0 ? high : high << part | low >>> (64 - part);
    }
  }

  private static void shiftRightOne(long[] words) {
    for (int i = 0; i < WORDS; i++) {
      words[i] = words[i] >>> 1 | (i + 1 < WORDS ? words[i + 1] << 63 : 0);
    }
  }
}
