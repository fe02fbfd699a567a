package dev.millrace.testkit;

import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.WindowColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random features of an entity over one payload of every type.
 *
 * @param windows lengths, in slides
 * @param offsets shifts, in slides
 * @param finestTail narrowest random tail, in slides
 * @param widestTail widest random tail; 0 for tails by the rule of the API
 */
record RandomLayout(
    long slideMillis, long[] windows, long[] offsets, long finestTail, long widestTail) {
  static final List<InputType> INPUTS =
      List.of(
          InputType.PRESENCE,
          InputType.INTEGER,
          InputType.INTEGER,
          InputType.DOUBLE,
          InputType.DOUBLE,
          InputType.TEXT);
  private static final int[] SCALES = {0, 0, 2, 0, 0, 0};
  private static final List<Aggregate> OF_TEXT =
      List.of(Aggregate.COUNT, Aggregate.COUNT_DISTINCT, Aggregate.FIRST, Aggregate.LAST);
  private static final double[] QUANTILES = {0, 0.05, 0.5, 0.9, 0.95, 0.99, 1};

  /** A few slides long, with tails of any allowed coarseness. */
  static RandomLayout small(long slideMillis) {
    return new RandomLayout(
        slideMillis,
        new long[] {1, 2, 3, 5, 10, 30, 60, 200, 1000},
        new long[] {0, 0, 0, 1, 7, 50, 300},
        1,
        16);
  }

  /** Long against the distance of events, with very coarse tails: panes merge all the time. */
  static RandomLayout coarse(long slideMillis, Random random) {
    return new RandomLayout(
        slideMillis,
        new long[] {64, 100, 150, 400},
        random.nextBoolean() ? new long[] {0, 0, 30} : new long[] {0, 0, 30, 150},
        random.nextBoolean() ? 2 : 1,
        64);
  }

  /** Windows of the API at a slide of 30s, tails by the rule or exact. */
  static RandomLayout real() {
    return new RandomLayout(
        30_000,
        new long[] {1, 2, 10, 120, 2_880, 20_160, 86_400},
        new long[] {0, 0, 0, 120, 20_160},
        1,
        0);
  }

  /** Windows of the API at a slide of 1s. */
  static RandomLayout fine() {
    return new RandomLayout(
        1_000, new long[] {1, 60, 3_600, 86_400, 604_800}, new long[] {0, 0, 3_600, 604_800}, 1, 0);
  }

  List<WindowColumn> columns(Random random) {
    var columns = new ArrayList<WindowColumn>();
    int features = 1 + random.nextInt(4);
    for (int feature = 0; feature < features; feature++) {
      int input = random.nextInt(INPUTS.size());
      Aggregate aggregate = aggregate(random, INPUTS.get(input));
      double quantile =
          aggregate == Aggregate.QUANTILE ? QUANTILES[random.nextInt(QUANTILES.length)] : 0;
      long offset = pick(random, offsets) * slideMillis;
      for (int window = 1 + random.nextInt(3); window > 0; window--) {
        long length = pick(random, windows) * slideMillis;
        columns.add(
            new WindowColumn(
                input, aggregate, length, tail(random, length), offset, SCALES[input], quantile));
      }
    }
    return columns;
  }

  private long tail(Random random, long window) {
    if (widestTail == 0) {
      return random.nextInt(4) == 0 ? slideMillis : NaiveWindows.tailMillis(slideMillis, window);
    }
    long tail = finestTail * slideMillis;
    while (random.nextInt(4) > 0 && tail * 2 <= window && tail < widestTail * slideMillis) {
      tail *= 2;
    }
    return tail;
  }

  private static Aggregate aggregate(Random random, InputType type) {
    return switch (type) {
      case PRESENCE -> Aggregate.COUNT;
      case TEXT -> OF_TEXT.get(random.nextInt(OF_TEXT.size()));
      case INTEGER, DOUBLE -> Aggregate.values()[random.nextInt(Aggregate.values().length)];
    };
  }

  private static long pick(Random random, long[] from) {
    return from[random.nextInt(from.length)];
  }
}
