package dev.millrace.binding;

import dev.millrace.contract.EventTimeUnit;

/** Event times in any unit become epoch milliseconds (semantics.md §1). */
final class EventTimes {
  /** First instant that is no event time: 10000-01-01T00:00:00Z. */
  static final long END = 253_402_300_800_000L;

  /** First instant a Timestamp can hold: 0001-01-01T00:00:00Z, the range of CEL and of Spark. */
  static final long FIRST_TIMESTAMP = -62_135_596_800_000L;

  /** Stands for a value that overflows: out of every range. */
  private static final long BEYOND = Long.MAX_VALUE;

  private EventTimes() {}

  /** Milliseconds of a number in a unit; {@code Long.MAX_VALUE} when they overflow. */
  static long millis(long value, EventTimeUnit unit) {
    return switch (unit) {
      case SECONDS ->
          Math.abs(value) > Long.MAX_VALUE / 1_000 || value == Long.MIN_VALUE
              ? BEYOND
              : value * 1_000;
      case MICROS -> Math.floorDiv(value, 1_000);
      case MILLIS, ISO8601 -> value;
    };
  }

  /** Whether an instant can be an event time: not before 1970, not after the year 9999. */
  static boolean isEventTime(long millis) {
    return millis >= 0 && millis < END;
  }

  /** Whether an instant fits a Timestamp field: years 1 to 9999. */
  static boolean isTimestamp(long millis) {
    return millis >= FIRST_TIMESTAMP && millis < END;
  }
}
