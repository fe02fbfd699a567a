package dev.millrace.binding;

/**
 * Exact value of a JSON number as an unscaled long, never by way of a double. Reused; the grammar
 * of the number was checked by the JSON parser.
 */
final class DecimalText {
  /** What became of the text. */
  enum Outcome {
    /** {@link #unscaled} holds the value. */
    EXACT,
    /** The number has non-zero digits behind the scale. */
    FINER,
    /** The number has more than the digits that a long can hold. */
    LARGER
  }

  private static final int MAX_EXPONENT = 1_000_000;

  private long unscaled;
  private boolean zero;
  private boolean overflow;
  private long exponent;

  long unscaled() {
    return unscaled;
  }

  /** Parses {@code -?digits[.digits][e[+-]digits]} as {@code unscaled × 10^-scale}. */
  Outcome parse(char[] chars, int from, int length, int scale) {
    boolean negative = length > 0 && chars[from] == '-';
    int end = from + length;
    int at = digits(chars, negative ? from + 1 : from, end);
    if (at < end) {
      exponent += exponentOf(chars, at + 1, end);
    }
    exponent += scale;
    if (zero) {
      return Outcome.EXACT;
    }
    Outcome outcome = shift();
    // Kept negative while it grows, so that Long.MIN_VALUE fits too.
    if (outcome == Outcome.EXACT && !negative) {
      if (unscaled == Long.MIN_VALUE) {
        return Outcome.LARGER;
      }
      unscaled = -unscaled;
    }
    return outcome;
  }

  /**
   * Reads the significand, with trailing zeros counted instead of multiplied, so that 1.000…0 does
   * not overflow. Returns the position of the exponent's letter, or the end.
   */
  private int digits(char[] chars, int from, int end) {
    unscaled = 0;
    zero = true;
    overflow = false;
    exponent = 0;
    int pendingZeros = 0;
    boolean fraction = false;
    int at = from;
    for (; at < end && (chars[at] | 0x20) != 'e'; at++) {
      if (chars[at] == '.') {
        fraction = true;
        continue;
      }
      exponent -= fraction ? 1 : 0;
      if (chars[at] == '0') {
        pendingZeros++;
      } else {
        times10(zero ? 0 : pendingZeros + 1);
        plus(chars[at] - '0');
        zero = false;
        pendingZeros = 0;
      }
    }
    exponent += zero ? 0 : pendingZeros;
    return at;
  }

  private void plus(int digit) {
    overflow |= unscaled < Long.MIN_VALUE + digit;
    unscaled -= digit;
  }

  private void times10(int times) {
    for (int i = 0; i < times && !overflow; i++) {
      overflow = unscaled < Long.MIN_VALUE / 10;
      unscaled *= 10;
    }
  }

  private static long exponentOf(char[] chars, int from, int end) {
    boolean negative = chars[from] == '-';
    long value = 0;
    for (int i = chars[from] == '-' || chars[from] == '+' ? from + 1 : from; i < end; i++) {
      value = Math.min(MAX_EXPONENT, value * 10 + chars[i] - '0');
    }
    return negative ? -value : value;
  }

  private Outcome shift() {
    if (exponent < 0) {
      return Outcome.FINER;
    }
    times10((int) Math.min(exponent, 20));
    return overflow ? Outcome.LARGER : Outcome.EXACT;
  }
}
