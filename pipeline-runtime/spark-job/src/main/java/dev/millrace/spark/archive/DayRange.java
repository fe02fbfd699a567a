package dev.millrace.spark.archive;

import dev.millrace.contract.OfflineLayout;

/**
 * Days whose files may hold what is wanted; both ends inclusive, in event time.
 *
 * @param fromMillis earliest instant; {@link Long#MIN_VALUE} for no bound
 * @param toMillis latest instant; {@link Long#MAX_VALUE} for no bound
 */
public record DayRange(long fromMillis, long toMillis) {
  public static final DayRange ALL = new DayRange(Long.MIN_VALUE, Long.MAX_VALUE);

  /** The same from some time earlier. */
  public DayRange earlierBy(long millis) {
    return new DayRange(fromMillis - millis, toMillis);
  }

  /** Whether a file with a folder {@code dt=YYYY-MM-DD} in its path lies inside. */
  public boolean covers(String path) {
    int at = path.indexOf("/dt=");
    String day = path.substring(at + 1, at + 14);
    return (fromMillis == Long.MIN_VALUE || day.compareTo(OfflineLayout.day(fromMillis)) >= 0)
        && (toMillis == Long.MAX_VALUE || day.compareTo(OfflineLayout.day(toMillis)) <= 0);
  }
}
