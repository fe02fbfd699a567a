package dev.millrace.local.terminal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as people read them; always UTC, always the same locale. */
public final class Text {
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final double HOUR_MILLIS = 3_600_000;
  private static final double DAY_MILLIS = 24 * HOUR_MILLIS;

  private Text() {}

  /** {@code 2011-12-09 12:49:50}. */
  public static String instant(long epochMillis) {
    return INSTANT.format(Instant.ofEpochMilli(epochMillis));
  }

  /** {@code 61,204}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 12.8s}. */
  public static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1fs", nanos / 1e9);
  }

  /** {@code 4.1m}, {@code 7.5h} or {@code 9.1d}, for a number of milliseconds. */
  public static String lasting(double millis) {
    if (millis < HOUR_MILLIS) {
      return String.format(Locale.ROOT, "%.1fm", millis / 60_000);
    }
    return millis < 2 * DAY_MILLIS
        ? String.format(Locale.ROOT, "%.1fh", millis / HOUR_MILLIS)
        : String.format(Locale.ROOT, "%.1fd", millis / DAY_MILLIS);
  }
}
