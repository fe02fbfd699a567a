package dev.millrace.kernel;

import java.util.Arrays;

/** Reads the columns of a key as of its last advance. Holds scratch space; one per thread. */
final class RowReader {
  /** Largest magnitude that a double holds exactly together with all smaller integers. */
  private static final long EXACT_IN_DOUBLE = 1L << 53;

  private final WideRatio ratio = new WideRatio();
  private byte[] union;
  private int[] rankCounts;

  void read(WindowState state, RowValues row) {
    row.clear();
    EntityLayout layout = state.layout;
    for (int c = 0; c < layout.columns.length; c++) {
      EntityLayout.ColumnPlan plan = layout.columns[c];
      long count = state.totals.count(plan.view());
      if (count > 0) {
        row.markNotEmpty(c);
        read(state, plan, count, c, row);
      } else {
        switch (plan.column().aggregate()) {
          case COUNT, COUNT_DISTINCT, SUM -> row.setBits(c, 0);
          case MEAN, MIN, MAX, VARIANCE, STD_DEV, QUANTILE, FIRST, LAST -> {}
        }
      }
    }
  }

  private void read(
      WindowState state, EntityLayout.ColumnPlan plan, long count, int column, RowValues row) {
    WindowColumn what = plan.column();
    InputSlots slots = state.layout.inputs[what.input()];
    switch (what.aggregate()) {
      case COUNT -> row.setBits(column, count);
      case SUM -> readSum(state, plan, slots, column, row);
      case MEAN -> row.setBits(column, Double.doubleToRawLongBits(mean(state, plan, slots, count)));
      case VARIANCE ->
          row.setBits(column, Double.doubleToRawLongBits(variance(state, plan, slots, count)));
      case STD_DEV ->
          row.setBits(
              column, Double.doubleToRawLongBits(Math.sqrt(variance(state, plan, slots, count))));
      case MIN, MAX -> {
        long low = state.layout.low(plan.view(), state.asOf());
        long extreme = state.extremes.stair(plan.stair()).extreme(low);
        row.setBits(column, Sortable.of(slots.type(), extreme));
      }
      case QUANTILE -> {
        Histogram histogram = state.totals.histogram(plan.view());
        double value = histogram.quantile(what.quantile(), count);
        row.setBits(column, Double.doubleToRawLongBits(value));
      }
      case COUNT_DISTINCT -> row.setBits(column, distinct(state, plan, slots));
      case FIRST -> {
        int position = state.edges.tail(plan.view());
        readEndpoint(state, position, slots, slots.first(), slots.firstRef(), column, row);
      }
      case LAST -> {
        int position = newest(state, plan);
        readEndpoint(state, position, slots, slots.last(), slots.lastRef(), column, row);
      }
    }
  }

  private void readSum(
      WindowState state,
      EntityLayout.ColumnPlan plan,
      InputSlots slots,
      int column,
      RowValues row) {
    long[] words = state.totals.words();
    int sum = state.layout.viewTotals[plan.view()].sum();
    long high = words[sum];
    long low = words[sum + 1];
    if (slots.type() == InputType.DOUBLE) {
      double magnitude = ratio.begin().numerator128(high, low).quotient(FixedPoint.EXPONENT);
      row.setBits(column, Double.doubleToRawLongBits(high < 0 ? -magnitude : magnitude));
    } else if (high == low >> 63) {
      row.setBits(column, low);
    } // else the sum is beyond a long: null, although the window is not empty
  }

  private double mean(
      WindowState state, EntityLayout.ColumnPlan plan, InputSlots slots, long count) {
    long[] words = state.totals.words();
    int sum = state.layout.viewTotals[plan.view()].sum();
    long high = words[sum];
    long low = words[sum + 1];
    long power = WideRatio.POWERS_OF_TEN[plan.column().scale()];
    if (slots.type() == InputType.INTEGER
        && high == low >> 63
        && Math.abs(low) <= EXACT_IN_DOUBLE
        && low != Long.MIN_VALUE
        && count <= EXACT_IN_DOUBLE / power) {
      return (double) low / (double) (count * power); // exact operands, rounded once
    }
    int exponent = slots.type() == InputType.DOUBLE ? FixedPoint.EXPONENT : 0;
    double magnitude =
        ratio.begin().numerator128(high, low).times(count).times(power).quotient(exponent);
    return high < 0 ? -magnitude : magnitude;
  }

  /** (n · Σx² − (Σx)²) / n², exact up to its one division. */
  private double variance(
      WindowState state, EntityLayout.ColumnPlan plan, InputSlots slots, long count) {
    long[] words = state.totals.words();
    TotalSlots totals = state.layout.viewTotals[plan.view()];
    long power = WideRatio.POWERS_OF_TEN[plan.column().scale()];
    int exponent = slots.type() == InputType.DOUBLE ? 2 * FixedPoint.EXPONENT : 0;
    return ratio
        .begin()
        .numeratorOfVariance(
            count, words, totals.square(), words[totals.sum()], words[totals.sum() + 1])
        .times(count)
        .times(count)
        .times(power)
        .times(power)
        .quotient(exponent);
  }

  private long distinct(WindowState state, EntityLayout.ColumnPlan plan, InputSlots slots) {
    long low = state.layout.low(plan.view(), state.asOf());
    int exact = state.extremes.recency(plan.recency()).count(low);
    if (exact >= 0) {
      return exact;
    }
    if (union == null) {
      union = new byte[HyperLogLog.REGISTERS];
      rankCounts = new int[64];
    }
    Arrays.fill(union, (byte) 0);
    int input = plan.column().input();
    int end = state.edges.head(state.layout.viewGroup[plan.view()]);
    PaneList panes = state.panes;
    for (int p = state.edges.tail(plan.view()); p < end; p = panes.nextWith(input, p + 1)) {
      ((DistinctSet) panes.refs()[panes.refAt(p) + slots.distinct()]).addTo(union);
    }
    return Math.max(DistinctSet.EXACT_LIMIT + 1L, HyperLogLog.estimate(union, rankCounts));
  }

  private static int newest(WindowState state, EntityLayout.ColumnPlan plan) {
    int input = plan.column().input();
    int position = state.edges.head(state.layout.viewGroup[plan.view()]) - 1;
    while (state.panes.count(position, input) == 0) {
      position--;
    }
    return position;
  }

  private static void readEndpoint(
      WindowState state,
      int position,
      InputSlots slots,
      int word,
      int ref,
      int column,
      RowValues row) {
    PaneList panes = state.panes;
    if (slots.type() == InputType.TEXT) {
      row.setText(column, (byte[]) panes.refs()[panes.refAt(position) + ref + 1]);
    } else {
      row.setBits(column, panes.words()[panes.at(position) + word + 1]);
    }
  }
}
