package dev.millrace.operator.telemetry;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.JobReport;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts that only grow, made of a job's absolute ones: when readers switch to another version's
 * job, or a job starts from an older checkpoint, the counters go on from where they were instead of
 * falling, which Prometheus would take for a restart and count twice.
 *
 * @param version version whose job counts now
 * @param seen its counts as last read
 * @param shift what is added to them
 * @param nullsSeen nulls by field as last read
 * @param nullsShift what is added to them; 0 for a field that is not there
 */
record CarriedCounts(
    int version,
    Accounting seen,
    Accounting shift,
    Map<String, Long> nullsSeen,
    Map<String, Long> nullsShift) {
  private static final Accounting NOTHING = new Accounting(0, 0, 0, 0, 0, 0, 0, 0);

  static CarriedCounts first(JobReport report) {
    return new CarriedCounts(
        report.version(), report.accounting(), NOTHING, nulls(report), Map.of());
  }

  CarriedCounts next(JobReport report) {
    Accounting counts = report.accounting();
    Map<String, Long> nulls = nulls(report);
    boolean goesOn = report.version() == version && counts.in() >= seen.in();
    if (goesOn) {
      return new CarriedCounts(version, counts, shift, nulls, nullsShift);
    }
    var nullsBefore = nullTotals();
    var moved = new TreeMap<String, Long>();
    nulls.forEach(
        (field, count) -> moved.put(field, nullsBefore.getOrDefault(field, count) - count));
    return new CarriedCounts(report.version(), counts, minus(totals(), counts), nulls, moved);
  }

  private static Map<String, Long> nulls(JobReport report) {
    return report.nulls() == null ? Map.of() : report.nulls();
  }

  /** Nulls by field of the newest report. */
  Map<String, Long> nullTotals() {
    var totals = new TreeMap<String, Long>();
    nullsSeen.forEach(
        (field, count) -> totals.put(field, count + nullsShift.getOrDefault(field, 0L)));
    return totals;
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
