package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.kernel.WindowColumn;
import dev.millrace.testkit.StreamShape.Disorder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Laws of one key's state that hold whatever the numbers are; 60 seeds each. */
class KernelLawsTest {
  private static final int SEEDS = 60;
  private static final long SLIDE = 1_000;
  private static final LogRules RULES = new LogRules(SLIDE, 3_001, 20_000, 10_000, LogRules.HOUR);

  /** A seeded layout with one key's accepted events, in the order of the log. */
  private record History(long seed, List<WindowColumn> columns, List<OracleEvent> events) {
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
  }

  @Test
  void aStateWithoutEventsIsEmptyAndAsksForNothing() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      History history = History.of(seed);
      KernelKey key = history.newKey();

      assertThat(key.state().isEmpty()).isTrue();
      assertThat(key.state().nextTouch()).isEqualTo(Long.MAX_VALUE);
      assertThat(key.state().asOf()).isEqualTo(Long.MIN_VALUE);
      assertThat(key.state().advance(1_700_000_000_000L)).isFalse();
      assertThat(key.row()).isEqualTo(history.oracle().row(List.of(), 1_700_000_000_000L));
      assertThat(key.rowIsEmpty()).isTrue();
    }
  }

  @Test
  void aKeyWhoseWindowsAreAllEmptyIsForgotten() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      History history = History.of(seed);
      KernelKey key = history.newKey();
      history.events().forEach(key::add);
      remainingRows(key);
      assertThat(key.state().nextTouch()).isEqualTo(Long.MAX_VALUE);
      assertThat(key.state().isEmpty()).as("seed %d, columns %s", seed, history.columns()).isTrue();
    }
  }

  @Test
  void theOrderOfAddingChangesNoRow() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      History history = History.of(seed);
      var shuffled = new ArrayList<>(history.events());
      Collections.shuffle(shuffled, new Random(seed));

      KernelKey inOrder = history.newKey();
      history.events().forEach(inOrder::add);
      KernelKey inDisorder = history.newKey();
      shuffled.forEach(inDisorder::add);

      assertThat(remainingRows(inDisorder)).as("seed %d", seed).isEqualTo(remainingRows(inOrder));
    }
  }

  /** What the extract does: events sorted by time, grid points far apart. */
  @Test
  void aReaderOfHistorySkipsGridPointsAndSeesTheSameValues() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      History history = History.of(seed);
      var random = new Random(seed);
      var byTime = new ArrayList<>(history.events());
      byTime.sort(Comparator.comparingLong(OracleEvent::ts));
      KernelKey key = history.newKey();
      int next = 0;
      long before = 0;
      for (long t = random.nextInt(3) * SLIDE + byTime.get(0).ts() / SLIDE * SLIDE;
          t < byTime.get(byTime.size() - 1).ts() + 1_500 * SLIDE;
          t += SLIDE * (1 + random.nextInt(random.nextInt(10) == 0 ? 400 : 12))) {
        for (; next < byTime.size() && byTime.get(next).ts() < t; next++) {
          key.add(byTime.get(next));
        }
        boolean hasMoved = key.state().advance(t);
        assertThat(key.state().asOf()).isEqualTo(t);
        assertRow(history, key, t);
        assertThat(hasMoved)
            .as("moved, seed %d at %d after %d", seed, t, before)
            .isEqualTo(differ(history, before, t));
        before = t;
      }
    }
  }

  /** Pieces of history computed apart, each with the longest window before it, equal the whole. */
  @Test
  void eventsBeyondTheLongestReachAreNotNeeded() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      History history = History.of(seed);
      long reach =
          history.columns().stream()
              .mapToLong(c -> c.windowMillis() + c.offsetMillis() + c.tailMillis())
              .max()
              .orElseThrow();
      List<OracleEvent> events = history.events();
      long t = events.get(events.size() * 2 / 3).visibleFrom();
      KernelKey piece = history.newKey();
      events.stream()
          .filter(event -> event.ts() >= t - reach && event.ts() < t)
          .forEach(piece::add);
      piece.state().advance(t);
      assertRow(history, piece, t);
    }
  }

  @Test
  void aRestoredStateContinuesExactlyAlikeFromEveryStep() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      History history = History.of(seed);
      KernelKey original = history.newKey();
      var body = new MapBodyStore();
      List<OracleEvent> events = history.events();
      for (int i = 0; i < events.size(); i++) {
        OracleEvent event = events.get(i);
        fireUpTo(original, lowestVisibility(events.subList(i, events.size())) - SLIDE);
        original.add(event);
        byte[] head = original.state().flush(body);
        assertThat(original.state().isDirty()).isFalse();
        MapBodyStore stored = body.copy();
        KernelKey twin = history.newKey();
        twin.restore(head, stored);
        assertThat(twin.state().nextTouch()).isEqualTo(original.state().nextTouch());
        assertThat(twin.state().asOf()).isEqualTo(original.state().asOf());
        assertThat(twin.state().isDirty()).isFalse();
        assertThat(twin.row()).as("seed %d", seed).isEqualTo(original.row());
        if (i % 2 == 0) {
          original = twin;
          body = stored;
        }
      }
      KernelKey twin = history.newKey();
      twin.restore(original.state().flush(body), body.copy());
      assertThat(remainingRows(twin)).as("seed %d", seed).isEqualTo(remainingRows(original));
    }
  }

  /** Exactly once: what was done after the checkpoint is done again and gives the same rows. */
  @Test
  void aReplayAfterACrashFiresTheSameRows() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      History history = History.of(seed);
      List<OracleEvent> events = history.events();
      int checkpoint = events.size() / 3;
      KernelKey first = history.newKey();
      var body = new MapBodyStore();
      TreeMap<Long, List<Object>> before = run(first, events, 0, checkpoint);
      byte[] head = first.state().flush(body);
      MapBodyStore atCheckpoint = body.copy();
      TreeMap<Long, List<Object>> after = run(first, events, checkpoint, events.size());
      first.state().flush(body);
      after.putAll(remainingRows(first));

      KernelKey second = history.newKey();
      second.restore(head, atCheckpoint);
      TreeMap<Long, List<Object>> again = run(second, events, checkpoint, events.size());
      again.putAll(remainingRows(second));
      assertThat(again).as("seed %d", seed).isEqualTo(after);
      assertThat(before.keySet()).doesNotContainAnyElementsOf(new TreeSet<>(after.keySet()));
    }
  }

  @Test
  void aHeadOfAnUnknownCodecIsRefused() {
    History history = History.of(1);
    KernelKey key = history.newKey();
    key.add(history.events().get(0));
    var body = new MapBodyStore();
    byte[] head = key.state().flush(body);
    head[0] = 111;

    assertThatThrownBy(() -> key.restore(head, body))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("111");
  }

  /** Whether some window holds other contributions at one grid point than at another. */
  private static boolean differ(History history, long before, long t) {
    return history.columns().stream()
        .anyMatch(
            column ->
                !history
                    .oracle()
                    .contributions(column, history.events(), before)
                    .equals(history.oracle().contributions(column, history.events(), t)));
  }

  private static void assertRow(History history, KernelKey key, long t) {
    List<Object> row = key.row();
    for (int i = 0; i < row.size(); i++) {
      WindowColumn column = history.columns().get(i);
      assertThat(history.oracle().mismatch(column, history.events(), t, row.get(i)))
          .as("seed %d, events %s", history.seed(), history.events())
          .isNull();
    }
    assertThat(key.rowIsEmpty())
        .as("tombstone, seed %d at %d", history.seed(), t)
        .isEqualTo(history.oracle().isEmpty(history.events(), t));
  }

  /** Adds events in the order of the log; before each the clock goes as far as the log allows. */
  private static TreeMap<Long, List<Object>> run(
      KernelKey key, List<OracleEvent> events, int from, int to) {
    var rows = new TreeMap<Long, List<Object>>();
    for (int i = from; i < to; i++) {
      rows.putAll(fireUpTo(key, lowestVisibility(events.subList(i, events.size())) - SLIDE));
      key.add(events.get(i));
    }
    return rows;
  }

  private static long lowestVisibility(List<OracleEvent> events) {
    return events.stream().mapToLong(OracleEvent::visibleFrom).min().orElseThrow();
  }

  private static TreeMap<Long, List<Object>> fireUpTo(KernelKey key, long clock) {
    var rows = new TreeMap<Long, List<Object>>();
    while (key.state().nextTouch() <= clock) {
      long t = key.state().nextTouch();
      if (key.state().advance(t)) {
        rows.put(t, key.row());
      }
    }
    return rows;
  }

  private static TreeMap<Long, List<Object>> remainingRows(KernelKey key) {
    return fireUpTo(key, Long.MAX_VALUE - 1);
  }
}
