package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.WindowColumn;
import dev.millrace.testkit.StreamShape.Disorder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The oracle itself, against figures worked out by hand and against every grid point. */
class NaiveWindowsTest {
  private static final long SLIDE = 1_000;

  @Test
  void windowsAreHalfOpenAndStrictAtT() {
    NaiveWindows windows = count(10_000, SLIDE, 0);
    OracleEvent event = event(20_000, 21_000);

    assertThat(windows.row(List.of(event), 20_000)).containsExactly(0L);
    assertThat(windows.row(List.of(event), 21_000)).containsExactly(1L);
    assertThat(windows.row(List.of(event), 30_000)).containsExactly(1L);
    assertThat(windows.row(List.of(event), 31_000)).containsExactly(0L);
    assertThat(windows.firedGridPoints(List.of(event), Long.MAX_VALUE))
        .containsExactly(21_000L, 31_000L);
  }

  @Test
  void aLateEventCountsFromWhenServingCouldSeeIt() {
    NaiveWindows windows = count(10_000, SLIDE, 0);
    OracleEvent late = event(20_000, 26_000);

    assertThat(windows.row(List.of(late), 25_000)).containsExactly(0L);
    assertThat(windows.firedGridPoints(List.of(late), Long.MAX_VALUE))
        .containsExactly(26_000L, 31_000L);
  }

  @Test
  void anEventThatIsVisibleOnlyAfterItsExitNeverContributes() {
    NaiveWindows windows = count(10_000, SLIDE, 0);

    assertThat(windows.firedGridPoints(List.of(event(20_000, 31_000)), Long.MAX_VALUE)).isEmpty();
    assertThat(windows.firedGridPoints(List.of(event(20_000, 30_000)), Long.MAX_VALUE))
        .containsExactly(30_000L, 31_000L);
  }

  @Test
  void anOffsetShiftsEntryAndExit() {
    NaiveWindows windows = count(10_000, SLIDE, 60_000);

    assertThat(windows.firedGridPoints(List.of(event(20_000, 21_000)), Long.MAX_VALUE))
        .containsExactly(81_000L, 91_000L);
  }

  @Test
  void aCoarseTailReachesBackToItsOwnGrid() {
    // At T = 31s the window of 10s starts at 21s, floored to 4s: 20s.
    NaiveWindows windows = count(10_000, 4_000, 0);

    assertThat(windows.row(List.of(event(20_000, 21_000)), 33_000)).containsExactly(1L);
    assertThat(windows.row(List.of(event(20_000, 21_000)), 34_000)).containsExactly(0L);
    assertThat(windows.row(List.of(event(23_999, 24_000)), 33_000)).containsExactly(1L);
  }

  @Test
  void tailsKeepAtMost2880PanesAWindow() {
    assertThat(NaiveWindows.tailMillis(30_000, LogRules.DAY)).isEqualTo(30_000);
    assertThat(NaiveWindows.tailMillis(30_000, 7 * LogRules.DAY)).isEqualTo(8 * 30_000);
    assertThat(NaiveWindows.tailMillis(30_000, 30 * LogRules.DAY)).isEqualTo(32 * 30_000);
    assertThat(NaiveWindows.tailMillis(1_000, 2_881_000)).isEqualTo(2_000);
  }

  @Test
  void anEventWithoutValueFiresNothing() {
    var windows =
        new NaiveWindows(
            SLIDE,
            List.of(InputType.DOUBLE),
            List.of(new WindowColumn(0, Aggregate.COUNT, 10_000, SLIDE, 0, 0, 0)));
    for (Object nothing : Arrays.asList(null, Double.NaN, 0x1p43, Double.NEGATIVE_INFINITY)) {
      var event = new OracleEvent(20_000, 21_000, EventId.of(1), Arrays.asList(nothing));
      assertThat(windows.firedGridPoints(List.of(event), Long.MAX_VALUE)).isEmpty();
    }
  }

  @Test
  void firedGridPointsAreThoseAtWhichAContributionMoves() {
    for (long seed = 1; seed <= 40; seed++) {
      var random = new Random(seed);
      var rules = new LogRules(SLIDE, 5_000, 30_000, 10_000, LogRules.HOUR);
      var layout =
          new RandomLayout(SLIDE, new long[] {1, 2, 3, 9, 40}, new long[] {0, 5, 50}, 1, 16);
      var windows = new NaiveWindows(SLIDE, RandomLayout.INPUTS, layout.columns(random));
      var shape =
          new StreamShape(
              20, 1, 1, 90_000, 2_000, 60_000, false, Disorder.EVERYTHING, RandomLayout.INPUTS);
      List<OracleEvent> events =
          new NaiveLog(rules)
              .judge(EventStreams.generate(seed, shape, rules)).stream()
                  .filter(JudgedRecord::isAccepted)
                  .map(JudgedRecord::event)
                  .toList();
      var everywhere = new TreeSet<Long>();
      for (long t = 0; t < 1_500_000; t += SLIDE) {
        if (windows.firesAt(events, t)) {
          everywhere.add(t);
        }
      }
      assertThat(windows.firedGridPoints(events, Long.MAX_VALUE))
          .as("seed %d", seed)
          .isEqualTo(everywhere);
    }
  }

  private static NaiveWindows count(long window, long tail, long offset) {
    return new NaiveWindows(
        SLIDE,
        List.of(InputType.PRESENCE),
        List.of(new WindowColumn(0, Aggregate.COUNT, window, tail, offset, 0, 0)));
  }

  private static OracleEvent event(long ts, long visibleFrom) {
    return new OracleEvent(ts, visibleFrom, EventId.of(ts), List.of(true));
  }
}
