package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.WindowColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums, means and variances of the kernel against exact rationals, bit by bit. */
class NumericsLawTest {
  private static final long SLIDE = 1_000;
  private static final long WINDOW = 100_000;

  private interface Numbers {
    Object next(Random random);
  }

  @Test
  void longsOfEverySize() {
    check(InputType.INTEGER, 0, random -> random.nextLong() >> random.nextInt(64));
    check(InputType.INTEGER, 4, random -> random.nextLong() >> random.nextInt(64));
  }

  @Test
  void sumsOfLongs() {
    check(InputType.INTEGER, 2, random -> (random.nextLong() >> random.nextInt(64)) >> 9);
  }

  @Test
  void longsAtTheEnds() {
    check(InputType.INTEGER, 0, random -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE);
    check(InputType.INTEGER, 0, random -> Long.MAX_VALUE - random.nextInt(3));
  }

  @Test
  void doublesOfEverySize() {
    check(
        InputType.DOUBLE,
        0,
        random -> (random.nextDouble() - 0.5) * Math.scalb(1.0, random.nextInt(120) - 76));
  }

  @Test
  void doublesThatCancel() {
    check(InputType.DOUBLE, 0, random -> 1e12 + random.nextInt(3));
    check(InputType.DOUBLE, 0, random -> random.nextBoolean() ? 0.1 : -0.1);
    check(InputType.DOUBLE, 0, random -> 0.1);
  }

  @Test
  void doublesAtTheEnds() {
    double end = Math.nextDown(0x1p43);
    check(InputType.DOUBLE, 0, random -> random.nextBoolean() ? end : -end);
    check(InputType.DOUBLE, 0, random -> end);
    check(InputType.DOUBLE, 0, random -> random.nextInt(4) * 0x1p-65);
  }

  private static void check(InputType type, int scale, Numbers numbers) {
    List<WindowColumn> columns = columns(scale);
    var oracle = new NaiveWindows(SLIDE, List.of(type), columns);
    for (long seed = 1; seed <= 150; seed++) {
      var random = new Random(seed);
      var key = new KernelKey(SLIDE, 0, List.of(type), columns);
      var events = new ArrayList<OracleEvent>();
      int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 8);
      for (int i = 0; i < count; i++) {
        long ts = 1_000_000 + random.nextInt(60_000);
        long visible = ts / SLIDE * SLIDE + SLIDE;
        var event = new OracleEvent(ts, visible, EventId.of(i), List.of(numbers.next(random)));
        events.add(event);
        key.add(event);
      }
      // Full, then after some have left: subtracting must be as exact as adding.
      for (long t : new long[] {1_061_000, 1_101_000, 1_130_000, 1_155_000}) {
        key.state().advance(t);
        List<Object> row = key.row();
        for (int i = 0; i < row.size(); i++) {
          assertThat(oracle.mismatch(columns.get(i), events, t, row.get(i)))
              .as("seed %d, events %s", seed, events)
              .isNull();
        }
      }
    }
  }

  private static List<WindowColumn> columns(int scale) {
    var columns = new ArrayList<WindowColumn>();
    for (Aggregate aggregate : Aggregate.values()) {
      double quantile = aggregate == Aggregate.QUANTILE ? 0.9 : 0;
      columns.add(new WindowColumn(0, aggregate, WINDOW, SLIDE, 0, scale, quantile));
    }
    return columns;
  }
}
