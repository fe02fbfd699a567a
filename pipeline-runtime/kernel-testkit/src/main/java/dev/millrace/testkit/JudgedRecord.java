package dev.millrace.testkit;

import java.util.OptionalInt;

/**
 * A record with its one verdict and, if accepted, its one {@code _visible_from}.
 *
 * @param visibleFrom first grid point that may see it; 0 unless accepted
 */
public record JudgedRecord(LogRecord record, OracleVerdict verdict, long visibleFrom) {

  public boolean isAccepted() {
    return verdict == OracleVerdict.ACCEPTED;
  }

  /** Index of the entity that judges copies: the first whose key is present. */
  public OptionalInt judgingEntity() {
    for (int i = 0; i < record.keys().size(); i++) {
      if (record.keys().get(i) != null) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** What an accepted record is for the windows of an entity. */
  public OracleEvent event() {
    if (!isAccepted()) {
      throw new IllegalStateException("no event: " + this);
    }
    return new OracleEvent(record.ts(), visibleFrom, record.id(), record.values());
  }
}
