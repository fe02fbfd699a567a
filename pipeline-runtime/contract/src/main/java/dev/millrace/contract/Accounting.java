package dev.millrace.contract;

/**
 * Counts as of a completed checkpoint (semantics.md §2): {@code in = accepted + duplicate + late +
 * deadLettered} and {@code rowsFired = rowsAcknowledged}.
 *
 * @param in records read
 * @param accepted events that count
 * @param duplicate copies dropped by event id
 * @param late events sent to the late topic
 * @param deadLettered records sent to the dead-letter topic
 * @param raised accepted events whose {@code _visible_from} the judge raised
 * @param rowsFired rows emitted
 * @param rowsAcknowledged rows that Redis acknowledged
 */
public record Accounting(
    long in,
    long accepted,
    long duplicate,
    long late,
    long deadLettered,
    long raised,
    long rowsFired,
    long rowsAcknowledged) {
  /** Whether no count is negative: a report that comes from outside may say anything. */
  boolean isCounts() {
    return (in | accepted | duplicate | late | deadLettered | raised | rowsFired | rowsAcknowledged)
        >= 0;
  }

  /** Whether every record and every row is accounted for. */
  public boolean adds() {
    return in == accepted + duplicate + late + deadLettered && rowsFired == rowsAcknowledged;
  }
}
