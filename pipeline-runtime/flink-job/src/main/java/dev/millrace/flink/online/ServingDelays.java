package dev.millrace.flink.online;

import dev.millrace.contract.ServingDelayFile;
import java.util.Arrays;
import java.util.Optional;

/**
 * Delays between a grid point T and the wall clock at which its rows were acknowledged, for the
 * most recent T (semantics.md §7).
 *
 * <p>Catching up does not count: after a start, an outage or in a replay, event time runs faster
 * than the wall clock until it has reached the present. So a T counts only if, over the last minute
 * and more without a standstill, T moved at most half as fast again as the wall clock. A job that
 * is too slow for its events never runs faster: its delays count, and grow.
 */
final class ServingDelays {
  /** A day at a slide of 30 seconds. */
  private static final int KEPT = 2_880;

  /** Fewer say nothing about a 95th percentile. */
  private static final int LEAST = 20;

  private static final long LEAST_PERIOD_MILLIS = 60_000;

  private final long periodMillis;
  private final long[] delays = new long[KEPT];
  private int count;
  private int next;
  private long newest;

  /** Wall clock and T at the start of this period and of the one before. */
  private long periodWall;

  private long periodT;
  private long beforeWall;
  private long beforeT;
  private int periods;
  private long lastWall;

  /**
   * @param slideMillis distance of grid points
   */
  ServingDelays(long slideMillis) {
    periodMillis = Math.max(LEAST_PERIOD_MILLIS, 2 * slideMillis);
  }

  /**
   * Notes that all rows up to T are acknowledged.
   *
   * @param t epoch milliseconds
   * @param wall epoch milliseconds
   */
  void acknowledged(long t, long wall) {
    if (wall - lastWall > periodMillis) {
      periods = 0; // after a standstill: what comes now is made up for
    }
    lastWall = wall;
    if (periods == 0 || wall - periodWall >= periodMillis) {
      beforeWall = periodWall;
      beforeT = periodT;
      periodWall = wall;
      periodT = t;
      periods++;
    }
    if (periods > 2 && isLive(t, wall)) {
      delays[next] = Math.max(0, wall - t);
      next = (next + 1) % KEPT;
      count = Math.min(KEPT, count + 1);
      newest = t;
    }
  }

  private boolean isLive(long t, long wall) {
    long passed = wall - beforeWall;
    return t - beforeT <= passed + passed / 2;
  }

  /** What is known, once it says something. */
  Optional<ServingDelayFile> measured(int version) {
    if (count < LEAST) {
      return Optional.empty();
    }
    long[] sorted = Arrays.copyOf(delays, count);
    Arrays.sort(sorted);
    return Optional.of(
        new ServingDelayFile(
            version, newest, count, rank(sorted, 50), rank(sorted, 95), rank(sorted, 99)));
  }

  /** Nearest rank: the least delay that at least this share does not exceed. */
  private static long rank(long[] sorted, int percent) {
    return sorted[(int) ((sorted.length * (long) percent + 99) / 100) - 1];
  }
}
