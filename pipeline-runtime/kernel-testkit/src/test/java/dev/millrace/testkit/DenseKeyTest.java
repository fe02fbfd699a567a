package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.WindowColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A key with thousands of panes, which lie in the body and get coarser with age: values at sampled
 * grid points and the decision to fire against the oracle.
 */
class DenseKeyTest {
  private static final long SLIDE = 30_000;
  private static final long START = 1_700_000_010_000L;
  private static final int EVENTS = 2_500;

  @Test
  void everyAggregateOverLongWindowsEqualsTheOracle() {
    for (long seed = 1; seed <= 6; seed++) {
      check(seed, columns(new Random(seed)));
    }
  }

  private static List<WindowColumn> columns(Random random) {
    var columns = new ArrayList<WindowColumn>();
    for (int i = 0; i < 8; i++) {
      columns.addAll(RandomLayout.real().columns(random));
    }
    return columns;
  }

  private static void check(long seed, List<WindowColumn> columns) {
    var random = new Random(seed);
    List<OracleEvent> events = events(random);
    var oracle = new NaiveWindows(SLIDE, RandomLayout.INPUTS, columns);
    var key = new KernelKey(SLIDE, LogRules.DAY, RandomLayout.INPUTS, columns);
    var body = new MapBodyStore();
    var fired = new TreeSet<Long>();
    int sampled = 0;
    long longestReach = 45 * LogRules.DAY;
    for (int next = 0; next < events.size() || key.state().nextTouch() != Long.MAX_VALUE; ) {
      long clock =
          next < events.size() ? events.get(next).visibleFrom() - SLIDE : START + 2 * longestReach;
      while (key.state().nextTouch() <= clock) {
        long t = key.state().nextTouch();
        if (key.state().advance(t)) {
          fired.add(t);
          if (random.nextInt(fired.size() / 20 + 1) == 0) {
            sampled++;
            assertRow(seed, oracle, events, t, key.row());
          }
        }
      }
      if (next < events.size()) {
        assertThat(key.offer(events.get(next++))).isTrue();
      }
      if (random.nextInt(150) == 0) {
        key.restore(key.state().flush(body), body);
      }
    }
    assertThat(sampled).isGreaterThan(50);
    assertThat(key.state().isEmpty()).as("seed %d", seed).isTrue();
    assertFires(seed, oracle, events, fired, random);
  }

  private static void assertRow(
      long seed, NaiveWindows oracle, List<OracleEvent> events, long t, List<Object> row) {
    for (int i = 0; i < row.size(); i++) {
      assertThat(oracle.mismatch(oracle.columns().get(i), events, t, row.get(i)))
          .as("seed %d", seed)
          .isNull();
    }
  }

  /** Fired grid points fire by the oracle, and grid points that did not, do not. */
  private static void assertFires(
      long seed,
      NaiveWindows oracle,
      List<OracleEvent> events,
      TreeSet<Long> fired,
      Random random) {
    for (int i = 0; i < 150; i++) {
      OracleEvent event = events.get(random.nextInt(events.size()));
      WindowColumn column = oracle.columns().get(random.nextInt(oracle.columns().size()));
      long entered = Math.floorDiv(event.ts(), SLIDE) * SLIDE + SLIDE + column.offsetMillis();
      long left = entered + column.windowMillis();
      for (long t = left - 2 * SLIDE; t <= left + 2 * SLIDE; t += SLIDE) {
        assertThat(fired.contains(t))
            .as("fires at %d, seed %d, %s", t, seed, column)
            .isEqualTo(oracle.firesAt(events, t));
      }
      assertThat(fired.contains(entered))
          .as("fires at %d, seed %d, %s", entered, seed, column)
          .isEqualTo(oracle.firesAt(events, entered));
    }
  }

  /** Ordered by visibility; one in eight is late by up to an hour. */
  private static List<OracleEvent> events(Random random) {
    var payload = new PayloadSource(random, RandomLayout.INPUTS, 0.2);
    var events = new ArrayList<OracleEvent>();
    long ts = START;
    for (int i = 0; i < EVENTS; i++) {
      ts += random.nextInt(500) == 0 ? 2 * LogRules.DAY : random.nextInt(200_000);
      long late = random.nextInt(8) == 0 ? random.nextInt(3_600_000) : 0;
      long visible = Math.floorDiv(ts, SLIDE) * SLIDE + SLIDE;
      events.add(
          new OracleEvent(ts - late, visible, EventId.of("event-number-" + i), payload.next()));
    }
    events.sort(Comparator.comparingLong(OracleEvent::visibleFrom));
    return events;
  }

  @Test
  void distinctCountsAreExactBelow257AndNearAboveAndExactAgainAfterwards() {
    var columns =
        List.of(distinct(LogRules.MINUTE), distinct(LogRules.HOUR), distinct(12 * LogRules.HOUR));
    for (long seed = 1; seed <= 3; seed++) {
      var random = new Random(seed);
      var oracle = new NaiveWindows(SLIDE, RandomLayout.INPUTS, columns);
      var key = new KernelKey(SLIDE, 0, RandomLayout.INPUTS, columns);
      var events = new ArrayList<OracleEvent>();
      long ts = START;
      int estimated = 0;
      for (int i = 0; i < 3_000; i++) {
        ts += random.nextInt(10_000);
        long visible = Math.floorDiv(ts, SLIDE) * SLIDE + SLIDE;
        var values = new ArrayList<Object>(java.util.Collections.nCopies(6, null));
        values.set(5, "merchant " + random.nextInt(1_500));
        events.add(new OracleEvent(ts, visible, EventId.of(i), values));
      }
      int next = 0;
      for (long t = START; t < ts + LogRules.DAY; t += SLIDE * (1 + random.nextInt(90))) {
        for (; next < events.size() && events.get(next).visibleFrom() <= t; next++) {
          key.add(events.get(next));
        }
        key.state().advance(Math.floorDiv(t, SLIDE) * SLIDE);
        List<Object> row = key.row();
        assertRow(seed, oracle, events, key.state().asOf(), row);
        estimated += (Long) row.get(2) > SketchBounds.EXACT_DISTINCT ? 1 : 0;
      }
      assertThat(estimated).isGreaterThan(10);
      assertThat(key.row()).containsExactly(0L, 0L, 0L);
    }
  }

  private static WindowColumn distinct(long window) {
    return new WindowColumn(5, Aggregate.COUNT_DISTINCT, window, SLIDE, 0, 0, 0);
  }
}
