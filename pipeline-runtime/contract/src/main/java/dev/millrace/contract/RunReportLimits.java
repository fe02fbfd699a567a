package dev.millrace.contract;

import java.time.DateTimeException;
import java.time.Instant;

/** Bounds of a report's members: they hold for what is written and for what a stranger wrote. */
final class RunReportLimits {
  /** Longest column name, as in status. */
  static final int COLUMN = 192;

  /** Longest decimal text, as in status. */
  static final int NUMBER = 32;

  /** Longest URI, as in status. */
  private static final int TEXT = 1024;

  /** The largest whole number that every JSON reader keeps, and status allows. */
  private static final long LARGEST = 9_007_199_254_740_991L;

  private static final int LONGEST_INSTANT = 32;
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private RunReportLimits() {}

  static void require(boolean holds, String member) {
    if (!holds) {
      throw new IllegalArgumentException(member + " is missing or out of range");
    }
  }

  static void count(Long value, String member) {
    require(value == null || value >= 0 && value <= LARGEST, member);
  }

  static void magnitude(Long value, String member) {
    require(value == null || value >= -LARGEST && value <= LARGEST, member);
  }

  static void text(String value, String member) {
    require(value == null || value.equals(PlainText.line(value, TEXT)), member);
  }

  static void instant(String value, String member) {
    if (value == null) {
      return;
    }
    require(value.length() <= LONGEST_INSTANT, member);
    try {
      Instant instant = Instant.parse(value);
      require(!instant.isBefore(FIRST) && !instant.isAfter(LAST), member);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(member + " is not an instant", e);
    }
  }
}
