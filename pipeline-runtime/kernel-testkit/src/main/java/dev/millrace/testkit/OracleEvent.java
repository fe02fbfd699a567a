package dev.millrace.testkit;

import java.util.Comparator;
import java.util.List;

/**
 * An accepted event of one key.
 *
 * @param ts event time, epoch milliseconds
 * @param visibleFrom first grid point that may see it
 * @param values as in {@link LogRecord#values}
 */
public record OracleEvent(long ts, long visibleFrom, EventId id, List<Object> values) {
  /** The order of First and Last. */
  public static final Comparator<OracleEvent> BY_TIME_AND_ID =
      Comparator.comparingLong(OracleEvent::ts).thenComparing(OracleEvent::id);
}
