package dev.millrace.flink.log;

import dev.millrace.kernel.LogJudge;
import java.util.Collection;
import java.util.TreeMap;

/**
 * The clock that fires grid points (semantics.md §2, The clock): the minimum over active partitions
 * of P − maxOutOfOrderness; at wall-clock pace from where the data stood while all are silent and
 * consumed. It never starts before the first event and never goes back. All times are epoch
 * milliseconds.
 */
final class LogClock {
  /** The clock before the first event. */
  static final long NOT_STARTED = Long.MIN_VALUE;

  private static final long NO_WALL = Long.MIN_VALUE;

  private final long maxOutOfOrdernessMillis;
  private final long idleTimeoutMillis;
  private final TreeMap<Integer, PartitionLog> partitions = new TreeMap<>();
  private PartitionLog[] all = new PartitionLog[0];
  private long now = NOT_STARTED;

  LogClock(long maxOutOfOrdernessMillis, long idleTimeoutMillis) {
    this.maxOutOfOrdernessMillis = maxOutOfOrdernessMillis;
    this.idleTimeoutMillis = idleTimeoutMillis;
  }

  /** Takes up the clock of a checkpoint. */
  void restore(long clock) {
    now = Math.max(now, clock);
  }

  /** Makes a partition count; until it has an event or is idle, the clock stands. */
  void add(PartitionLog partition) {
    partitions.put(partition.number, partition);
    all = partitions.values().toArray(PartitionLog[]::new);
  }

  /** The partition of that number, or null. */
  PartitionLog partition(int number) {
    return number < all.length && all[number].number == number
        ? all[number]
        : partitions.get(number);
  }

  Collection<PartitionLog> partitions() {
    return partitions.values();
  }

  /** Whether every partition is silent and consumed, and there is one. */
  boolean isIdle() {
    for (PartitionLog partition : all) {
      if (!partition.idle) {
        return false;
      }
    }
    return all.length > 0;
  }

  /** Where the clock stands, or {@link #NOT_STARTED}. */
  long now() {
    return now;
  }

  /**
   * Moves the clock after a partition's progress went on.
   *
   * @param before its progress before
   */
  void progressed(long before) {
    boolean heldTheClock =
        before == LogJudge.NO_PROGRESS
            || now == NOT_STARTED
            || before - maxOutOfOrdernessMillis <= now;
    if (heldTheClock) {
      advance(NO_WALL);
    }
  }

  /** Moves the clock as far as the rule allows at this wall-clock time. */
  void advance(long wallMillis) {
    boolean anyActive = false;
    long slowest = Long.MAX_VALUE;
    long leastLag = Long.MAX_VALUE;
    for (PartitionLog partition : all) {
      if (!partition.idle) {
        if (!partition.hasProgress()) {
          return;
        }
        anyActive = true;
        slowest = Math.min(slowest, partition.judge.progress());
      }
      if (partition.hasProgress()) {
        leastLag = Math.min(leastLag, partition.judge.lag());
      }
    }
    if (anyActive) {
      now = Math.max(now, slowest - maxOutOfOrdernessMillis);
    } else if (leastLag != Long.MAX_VALUE && wallMillis != NO_WALL) {
      now = Math.max(now, wallMillis - leastLag - maxOutOfOrdernessMillis - idleTimeoutMillis);
    }
  }
}
