package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.kernel.WindowColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Laws of one key's state that hold whatever the numbers are; 60 seeds each. */
class KernelLawsTest {
  private static final int SEEDS = 60;
  private static final long SLIDE = History.SLIDE;
  private static final LogRules RULES = new LogRules(SLIDE, 3_001, 20_000, 10_000, LogRules.HOUR);

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
      History.remainingRows(key);
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

      assertThat(History.remainingRows(inDisorder))
          .as("seed %d", seed)
          .isEqualTo(History.remainingRows(inOrder));
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
}
