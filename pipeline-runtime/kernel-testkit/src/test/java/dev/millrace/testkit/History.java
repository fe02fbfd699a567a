package dev.millrace.testkit;

import dev.millrace.kernel.WindowColumn;
import dev.millrace.testkit.StreamShape.Disorder;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * A seeded layout with one key's accepted events, in the order of the log, and ways to run them.
 */
record History(long seed, List<WindowColumn> columns, List<OracleEvent> events) {
  static final long SLIDE = 1_000;
  private static final LogRules RULES = new LogRules(SLIDE, 3_001, 20_000, 10_000, LogRules.HOUR);

  static History of(long seed) {
    var random = new Random(seed);
    var shape =
        new StreamShape(
            50,
            1,
            1,
            1_700_000_000_000L,
            SLIDE * (1 + random.nextInt(4)),
            300 * SLIDE,
            random.nextBoolean(),
            Disorder.EVERYTHING,
            RandomLayout.INPUTS);
    List<OracleEvent> events =
        new NaiveLog(RULES)
            .judge(EventStreams.generate(seed, shape, RULES)).stream()
                .filter(JudgedRecord::isAccepted)
                .map(JudgedRecord::event)
                .toList();
    return new History(seed, RandomLayout.small(SLIDE).columns(random), events);
  }

  KernelKey newKey() {
    return new KernelKey(SLIDE, 0, RandomLayout.INPUTS, columns);
  }

  NaiveWindows oracle() {
    return new NaiveWindows(SLIDE, RandomLayout.INPUTS, columns);
  }

  /** Adds events in the order of the log; before each the clock goes as far as the log allows. */
  static TreeMap<Long, List<Object>> run(
      KernelKey key, List<OracleEvent> events, int from, int to) {
    var rows = new TreeMap<Long, List<Object>>();
    for (int i = from; i < to; i++) {
      rows.putAll(fireUpTo(key, lowestVisibility(events.subList(i, events.size())) - SLIDE));
      key.add(events.get(i));
    }
    return rows;
  }

  static long lowestVisibility(List<OracleEvent> events) {
    return events.stream().mapToLong(OracleEvent::visibleFrom).min().orElseThrow();
  }

  static TreeMap<Long, List<Object>> fireUpTo(KernelKey key, long clock) {
    var rows = new TreeMap<Long, List<Object>>();
    while (key.state().nextTouch() <= clock) {
      long t = key.state().nextTouch();
      if (key.state().advance(t)) {
        rows.put(t, key.row());
      }
    }
    return rows;
  }

  static TreeMap<Long, List<Object>> remainingRows(KernelKey key) {
    return fireUpTo(key, Long.MAX_VALUE - 1);
  }
}
