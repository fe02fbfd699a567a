package dev.millrace.kernel;

import java.util.Arrays;

/**
 * DDSketch buckets with relative accuracy 1 % (C. Masson et al., "DDSketch", VLDB 2019): counts per
 * bucket are integers, so histograms add and subtract exactly and running totals stay exact.
 *
 * <p>Bucket i holds γ^(i−1) &lt; x ≤ γ^i with γ = 1.01 / 0.99; its representative 2γ^i / (γ + 1) is
 * within 1 % of every value in it. Keys are shifted so that their order is the values' order:
 * negative values below 0, zero at 0, positive values above. Logarithms by StrictMath, so that the
 * bucket of a value is the same on every processor.
 */
final class Histogram {
  private static final double GAMMA = 1.01 / 0.99;
  private static final double LOG_GAMMA = StrictMath.log(GAMMA);

  /** Larger than the magnitude of any bucket index of a double. */
  private static final int SHIFT = 40_000;

  private int[] keys = new int[4];
  private long[] counts = new long[4];
  private int size;

  static int key(double value) {
    if (value == 0) {
      return 0;
    }
    int index = (int) StrictMath.ceil(StrictMath.log(Math.abs(value)) / LOG_GAMMA);
    return value > 0 ? index + SHIFT : -(index + SHIFT);
  }

  static double representative(int key) {
    if (key == 0) {
      return 0;
    }
    double magnitude = 2 * StrictMath.pow(GAMMA, Math.abs(key) - SHIFT) / (GAMMA + 1);
    return key > 0 ? magnitude : -magnitude;
  }

  int size() {
    return size;
  }

  int key(int index) {
    return keys[index];
  }

  long count(int index) {
    return counts[index];
  }

  void add(int key, long count) {
    int at = Arrays.binarySearch(keys, 0, size, key);
    if (at >= 0) {
      counts[at] += count;
      if (counts[at] == 0) {
        remove(at);
      }
      return;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    int insertAt = -at - 1;
    System.arraycopy(keys, insertAt, keys, insertAt + 1, size - insertAt);
    System.arraycopy(counts, insertAt, counts, insertAt + 1, size - insertAt);
    keys[insertAt] = key;
    counts[insertAt] = count;
    size++;
  }

  void add(Histogram other) {
    for (int i = 0; i < other.size; i++) {
      add(other.keys[i], other.counts[i]);
    }
  }

  void subtract(Histogram other) {
    for (int i = 0; i < other.size; i++) {
      add(other.keys[i], -other.counts[i]);
    }
  }

  /** The value at rank ⌊q · (n − 1)⌋, counted from 0, of the n values; within 1 %. */
  double quantile(double q, long n) {
    long rank = (long) Math.floor(q * (n - 1));
    long seen = 0;
    for (int i = 0; i < size; i++) {
      seen += counts[i];
      if (seen > rank) {
        return representative(keys[i]);
      }
    }
    throw new IllegalStateException("histogram holds " + seen + " values, not " + n);
  }

  Histogram copy() {
    var copy = new Histogram();
    copy.keys = Arrays.copyOf(keys, Math.max(4, size));
    copy.counts = Arrays.copyOf(counts, Math.max(4, size));
    copy.size = size;
    return copy;
  }

  private void remove(int at) {
    System.arraycopy(keys, at + 1, keys, at, size - at - 1);
    System.arraycopy(counts, at + 1, counts, at, size - at - 1);
    size--;
  }

  int weight() {
    return 64 + 12 * keys.length;
  }
}
