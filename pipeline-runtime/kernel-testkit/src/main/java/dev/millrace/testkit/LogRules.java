package dev.millrace.testkit;

/**
 * The parts of a definition that decide verdicts (semantics.md §2), in milliseconds.
 *
 * @param slideMillis the grid
 * @param horizonMillis how long an id counts as seen
 */
public record LogRules(
    long slideMillis,
    long maxOutOfOrdernessMillis,
    long allowedLatenessMillis,
    long maxFutureSkewMillis,
    long horizonMillis) {
  public static final long SECOND = 1_000;
  public static final long MINUTE = 60 * SECOND;
  public static final long HOUR = 60 * MINUTE;
  public static final long DAY = 24 * HOUR;

  public LogRules {
    if (horizonMillis < allowedLatenessMillis + maxOutOfOrdernessMillis) {
      throw new IllegalArgumentException(
          "horizon " + horizonMillis + " ms is shorter than lateness and out-of-orderness");
    }
  }

  /** The defaults of the API: 10s, 1h, 5m, 24h. */
  public static LogRules defaults(long slideMillis) {
    return new LogRules(slideMillis, 10 * SECOND, HOUR, 5 * MINUTE, DAY);
  }
}
