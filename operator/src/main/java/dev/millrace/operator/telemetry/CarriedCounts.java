package dev.millrace.operator.telemetry;

import dev.millrace.contract.Accounting;

/**
 * Counts that only grow, made of a job's absolute ones: when readers switch to another version's
 * job, or a job starts from an older checkpoint, the counters go on from where they were instead of
 * falling, which Prometheus would take for a restart and count twice.
 *
 * @param version version whose job counts now
 * @param seen its counts as last read
 * @param shift what is added to them
 */
record CarriedCounts(int version, Accounting seen, Accounting shift) {
  private static final Accounting NOTHING = new Accounting(0, 0, 0, 0, 0, 0, 0, 0);

  static CarriedCounts first(int version, Accounting counts) {
    return new CarriedCounts(version, counts, NOTHING);
  }

  CarriedCounts next(int nextVersion, Accounting counts) {
    boolean goesOn = nextVersion == version && counts.in() >= seen.in();
    return new CarriedCounts(nextVersion, counts, goesOn ? shift : minus(totals(), counts));
  }

  Accounting totals() {
    return minus(seen, minus(NOTHING, shift));
  }

  private static Accounting minus(Accounting one, Accounting other) {
    return new Accounting(
        one.in() - other.in(),
        one.accepted() - other.accepted(),
        one.duplicate() - other.duplicate(),
        one.late() - other.late(),
        one.deadLettered() - other.deadLettered(),
        one.raised() - other.raised(),
        one.rowsFired() - other.rowsFired(),
        one.rowsAcknowledged() - other.rowsAcknowledged());
  }
}
