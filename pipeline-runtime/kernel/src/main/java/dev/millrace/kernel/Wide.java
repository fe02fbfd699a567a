package dev.millrace.kernel;

/**
 * Integer sums wider than a long, in place in arrays of words: 128-bit Σx (two words, high first)
 * and 256-bit Σx² (four words, lowest first). Adding and subtracting are exact inverses, which
 * running totals depend on (semantics.md §3, "the same bits, whatever the order").
 */
final class Wide {
  private Wide() {}

  static void add128(long[] to, int at, long high, long low) {
    long sum = to[at + 1] + low;
    to[at] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    to[at + 1] = sum;
  }

  static void subtract128(long[] from, int at, long high, long low) {
    long before = from[at + 1];
    from[at] -= high + (Long.compareUnsigned(before, low) < 0 ? 1 : 0);
    from[at + 1] = before - low;
  }

  static void add256(long[] to, int at, long[] other, int otherAt) {
    long carry = 0;
    for (int i = 0; i < 4; i++) {
      long a = to[at + i];
      long partial = a + other[otherAt + i];
      long sum = partial + carry;
      carry =
          Long.compareUnsigned(partial, a) < 0 || Long.compareUnsigned(sum, partial) < 0 ? 1 : 0;
      to[at + i] = sum;
    }
  }

  static void subtract256(long[] from, int at, long[] other, int otherAt) {
    long borrow = 0;
    for (int i = 0; i < 4; i++) {
      long a = from[at + i];
      long b = other[otherAt + i];
      long partial = a - b;
      long difference = partial - borrow;
      borrow = Long.compareUnsigned(a, b) < 0 || Long.compareUnsigned(partial, borrow) < 0 ? 1 : 0;
      from[at + i] = difference;
    }
  }

  /** Adds the square of a signed 128-bit integer, magnitude at most 2^127, to a 256-bit sum. */
  static void addSquare(long[] to, int at, long high, long low) {
    long h = high;
    long l = low;
    if (high < 0) {
      l = -low;
      h = ~high + (low == 0 ? 1 : 0);
    }
    // (h·2^64 + l)² = l² + 2·h·l·2^64 + h²·2^128
    addWord(to, at, 0, l * l);
    addWord(to, at, 1, unsignedHigh(l, l));
    long crossLow = h * l;
    long crossHigh = unsignedHigh(h, l);
    for (int twice = 0; twice < 2; twice++) {
      addWord(to, at, 1, crossLow);
      addWord(to, at, 2, crossHigh);
    }
    addWord(to, at, 2, h * h);
    addWord(to, at, 3, unsignedHigh(h, h));
  }

  private static void addWord(long[] to, int at, int word, long value) {
    long add = value;
    for (int i = word; i < 4 && add != 0; i++) {
      long sum = to[at + i] + add;
      add = Long.compareUnsigned(sum, add) < 0 ? 1 : 0;
      to[at + i] = sum;
    }
  }

  /** High word of the unsigned 128-bit product (Math.unsignedMultiplyHigh is newer than 17). */
  static long unsignedHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }
}
