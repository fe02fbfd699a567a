package dev.millrace.local.replay;

import dev.millrace.contract.EventTimeUnit;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Event times of recorded lines, only to order the replay; the job judges them itself. */
final class EventTimes {
  /** Time of a line whose time cannot be read: it is sent at once, for the job to refuse. */
  static final long UNREADABLE = Long.MIN_VALUE;

  private EventTimes() {}

  static long millis(String text, EventTimeUnit unit) {
    try {
      return switch (unit) {
        case SECONDS -> Math.multiplyExact(Long.parseLong(text), 1000L);
        case MILLIS -> Long.parseLong(text);
        case MICROS -> Math.floorDiv(Long.parseLong(text), 1000L);
        case ISO8601 -> Instant.parse(text).toEpochMilli();
      };
    } catch (NumberFormatException | ArithmeticException | DateTimeParseException e) {
      return UNREADABLE;
    }
  }
}
