package dev.millrace.testkit;

import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.WindowColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The oracle of values and of emission, straight from the formula of semantics.md §3: V(f,w,k,T) is
 * the aggregate of the events that are visible at T, pass {@code where} with a value, and lie in
 * {@code [floorTo(T − offset − w, tail), T − offset)}. No panes, no running totals.
 */
public final class NaiveWindows {
  /** Doubles at or above this are out of range: 2^43. */
  private static final double DOUBLE_LIMIT = 0x1p43;

  private final long slideMillis;
  private final List<InputType> inputs;
  private final List<WindowColumn> columns;

  public NaiveWindows(long slideMillis, List<InputType> inputs, List<WindowColumn> columns) {
    this.slideMillis = slideMillis;
    this.inputs = List.copyOf(inputs);
    this.columns = List.copyOf(columns);
  }

  /** Tail resolution: slide × 2^m with the smallest m such that window / tail ≤ 2880. */
  public static long tailMillis(long slideMillis, long windowMillis) {
    for (int m = 0; ; m++) {
      long tail = slideMillis << m;
      if ((double) windowMillis / tail <= 2880) {
        return tail;
      }
    }
  }

  public long slideMillis() {
    return slideMillis;
  }

  public List<WindowColumn> columns() {
    return columns;
  }

  public List<InputType> inputs() {
    return inputs;
  }

  public InputType typeOf(WindowColumn column) {
    return inputs.get(column.input());
  }

  /** Whether the event is a contribution to the column's window at grid point T. */
  public boolean contributes(WindowColumn column, OracleEvent event, long t) {
    long hi = t - column.offsetMillis();
    long lo = floorTo(hi - column.windowMillis(), column.tailMillis());
    return event.visibleFrom() <= t
        && lo <= event.ts()
        && event.ts() < hi
        && hasValue(event.values().get(column.input()));
  }

  /** The contributions to a column at T, in the order given. */
  public List<OracleEvent> contributions(WindowColumn column, List<OracleEvent> events, long t) {
    return events.stream().filter(event -> contributes(column, event, t)).toList();
  }

  /** All columns at T; see {@link NaiveAggregates#value} for types. */
  public List<Object> row(List<OracleEvent> events, long t) {
    var row = new ArrayList<Object>();
    for (WindowColumn column : columns) {
      row.add(NaiveAggregates.value(column, typeOf(column), contributions(column, events, t)));
    }
    return row;
  }

  /** Whether all windows of all columns are empty at T. */
  public boolean isEmpty(List<OracleEvent> events, long t) {
    return columns.stream().allMatch(column -> contributions(column, events, t).isEmpty());
  }

  /** Whether some (feature, window) gained or lost a contribution from T − slide to T. */
  public boolean firesAt(List<OracleEvent> events, long t) {
    for (WindowColumn column : columns) {
      for (OracleEvent event : events) {
        if (contributes(column, event, t) != contributes(column, event, t - slideMillis)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The grid points at which the key fires, up to and including {@code until}. Only points at which
   * an event could enter or leave some window are tried; {@link #firesAt} decides.
   */
  public NavigableSet<Long> firedGridPoints(List<OracleEvent> events, long until) {
    var candidates = new TreeSet<Long>();
    for (WindowColumn column : columns) {
      for (OracleEvent event : events) {
        long enters = floorTo(event.ts(), slideMillis) + slideMillis + column.offsetMillis();
        long unit = column.tailMillis();
        long behindTail = floorTo(event.ts(), unit) + unit;
        candidates.add(Math.max(enters, event.visibleFrom()));
        candidates.add(behindTail + column.windowMillis() + column.offsetMillis());
      }
    }
    var fired = new TreeSet<Long>();
    for (long t : candidates.headSet(until, true)) {
      if (firesAt(events, t)) {
        fired.add(t);
      }
    }
    return fired;
  }

  /**
   * Compares a value with the oracle's.
   *
   * @return null if it holds, else what was expected
   */
  public String mismatch(WindowColumn column, List<OracleEvent> events, long t, Object actual) {
    List<OracleEvent> in = contributions(column, events, t);
    Object exact = NaiveAggregates.value(column, typeOf(column), in);
    boolean holds = exact == null ? actual == null : holds(column, in, exact, actual);
    return holds ? null : column + " at " + t + ": expected " + exact + " got " + actual;
  }

  private boolean holds(WindowColumn column, List<OracleEvent> in, Object exact, Object actual) {
    if (actual == null) {
      return false;
    }
    if (column.aggregate() == Aggregate.QUANTILE) {
      List<Object> values = in.stream().map(event -> event.values().get(column.input())).toList();
      return SketchBounds.quantileHolds(column, values, (Double) actual);
    }
    if (column.aggregate() == Aggregate.COUNT_DISTINCT) {
      return SketchBounds.distinctHolds((Long) exact, (Long) actual);
    }
    // Double.equals compares bits: −0.0 is not 0.0.
    return exact.equals(actual);
  }

  private static boolean hasValue(Object value) {
    if (value instanceof Double number) {
      return !number.isNaN() && Math.abs(number) < DOUBLE_LIMIT;
    }
    return value != null;
  }

  private static long floorTo(long time, long unit) {
    return time - Math.floorMod(time, unit);
  }
}
