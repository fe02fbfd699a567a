package dev.millrace.testkit.dataset;

import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.WindowColumn;
import dev.millrace.testkit.EventId;
import dev.millrace.testkit.KernelKey;
import dev.millrace.testkit.OracleEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Count, sum and minimum of one key over [t + from, t + to] at each of the asked instants t, both
 * ends included, through the kernel at a slide of 1 ms: the window [T − offset − w, T − offset) at
 * T = t + 1, with offset = −to and w = to − from + 1.
 */
final class RangeWindow {
  private static final List<InputType> INPUTS = List.of(InputType.DOUBLE);

  private final List<WindowColumn> columns = new ArrayList<>();
  private final List<OracleEvent> events = new ArrayList<>();

  RangeWindow(long from, long to) {
    for (Aggregate aggregate : List.of(Aggregate.COUNT, Aggregate.SUM, Aggregate.MIN)) {
      columns.add(new WindowColumn(0, aggregate, to - from + 1, 1, -to, 0, 0));
    }
  }

  void add(long ts, double value) {
    events.add(new OracleEvent(ts, ts + 1, EventId.of(events.size()), List.of(value)));
  }

  /** Count, sum and minimum per instant. */
  Map<Long, List<Object>> at(List<Long> instants) {
    var key = new KernelKey(1, 0, INPUTS, columns);
    events.sort(Comparator.comparingLong(OracleEvent::ts));
    var rows = new TreeMap<Long, List<Object>>();
    int next = 0;
    for (long t : instants.stream().sorted().distinct().toList()) {
      for (; next < events.size() && events.get(next).ts() <= t; next++) {
        key.add(events.get(next));
      }
      key.state().advance(t + 1);
      rows.put(t, key.row());
    }
    return rows;
  }
}
