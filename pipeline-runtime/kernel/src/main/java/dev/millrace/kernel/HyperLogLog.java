package dev.millrace.kernel;

/**
 * HyperLogLog over 64-bit hashes with 4096 registers: relative standard error 1.04 / √4096 = 1.6 %.
 *
 * <p>Estimator: O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017),
 * algorithm 6, which needs no bias table and no switch between ranges. StrictMath, so that the
 * estimate is the same bits on every processor.
 */
final class HyperLogLog {
  static final int LOG_REGISTERS = 12;
  static final int REGISTERS = 1 << LOG_REGISTERS;

  /** Largest register value is this plus one. */
  private static final int Q = 64 - LOG_REGISTERS;

  private HyperLogLog() {}

  static void add(byte[] registers, long hash) {
    int register = (int) (hash >>> Q);
    int rank = Long.numberOfLeadingZeros(hash << LOG_REGISTERS | 1L << (LOG_REGISTERS - 1)) + 1;
    if (registers[register] < rank) {
      registers[register] = (byte) rank;
    }
  }

  static void merge(byte[] into, byte[] other) {
    for (int i = 0; i < REGISTERS; i++) {
      if (into[i] < other[i]) {
        into[i] = other[i];
      }
    }
  }

  static long estimate(byte[] registers, int[] scratchCounts) {
    java.util.Arrays.fill(scratchCounts, 0);
    for (byte register : registers) {
      scratchCounts[register]++;
    }
    double m = REGISTERS;
    double z = m * tau(1 - scratchCounts[Q + 1] / m);
    for (int k = Q; k >= 1; k--) {
      z = 0.5 * (z + scratchCounts[k]);
    }
    z += m * sigma(scratchCounts[0] / m);
    return StrictMath.round(m * m / (2 * StrictMath.log(2) * z));
  }

  private static double sigma(double x) {
    if (x == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double power = x;
    double y = 1;
    double z = x;
    double before;
    do {
      power *= power;
      before = z;
      z += power * y;
      y += y;
    } while (z != before);
    return z;
  }

  private static double tau(double x) {
    if (x == 0 || x == 1) {
      return 0;
    }
    double root = x;
    double y = 1;
    double z = 1 - x;
    double before;
    do {
      root = StrictMath.sqrt(root);
      before = z;
      y *= 0.5;
      z -= (1 - root) * (1 - root) * y;
    } while (z != before);
    return z / 3;
  }
}
