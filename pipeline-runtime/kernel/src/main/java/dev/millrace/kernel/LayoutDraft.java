package dev.millrace.kernel;

import java.util.ArrayList;
import java.util.List;

/** Collects the distinct groups, views, staircases and recency lists that columns need. */
final class LayoutDraft {
  private record Group(int input, long offset) {}

  private record View(int group, long window, long tail) {}

  private record Stair(int group, boolean max) {}

  private final List<Group> groups = new ArrayList<>();
  private final List<View> views = new ArrayList<>();
  private final List<Stair> stairs = new ArrayList<>();
  private final List<Integer> recencies = new ArrayList<>();
  private final List<EntityLayout.ColumnPlan> plans = new ArrayList<>();
  private int totalWords;
  private int histograms;

  LayoutDraft(long slideMillis, List<WindowColumn> columns) {
    for (WindowColumn column : columns) {
      int group = indexOf(groups, new Group(column.input(), column.offsetMillis() / slideMillis));
      int view =
          indexOf(
              views,
              new View(
                  group, column.windowMillis() / slideMillis, column.tailMillis() / slideMillis));
      plans.add(
          new EntityLayout.ColumnPlan(column, view, stair(group, column), recency(group, column)));
    }
  }

  private int stair(int group, WindowColumn column) {
    return switch (column.aggregate()) {
      case MIN -> indexOf(stairs, new Stair(group, false));
      case MAX -> indexOf(stairs, new Stair(group, true));
      case COUNT, SUM, MEAN, VARIANCE, STD_DEV, COUNT_DISTINCT, QUANTILE, FIRST, LAST ->
          EntityLayout.NONE;
    };
  }

  private int recency(int group, WindowColumn column) {
    return column.aggregate() == Aggregate.COUNT_DISTINCT
        ? indexOf(recencies, group)
        : EntityLayout.NONE;
  }

  private static <T> int indexOf(List<T> list, T item) {
    int index = list.indexOf(item);
    if (index < 0) {
      list.add(item);
      return list.size() - 1;
    }
    return index;
  }

  int[] groupInputs() {
    return groups.stream().mapToInt(Group::input).toArray();
  }

  long[] groupOffsets() {
    return groups.stream().mapToLong(Group::offset).toArray();
  }

  int[] viewGroups() {
    return views.stream().mapToInt(View::group).toArray();
  }

  long[] viewWindows() {
    return views.stream().mapToLong(View::window).toArray();
  }

  long[] viewTails() {
    return views.stream().mapToLong(View::tail).toArray();
  }

  int[] stairGroups() {
    return stairs.stream().mapToInt(Stair::group).toArray();
  }

  boolean[] stairIsMax() {
    var max = new boolean[stairs.size()];
    for (int i = 0; i < max.length; i++) {
      max[i] = stairs.get(i).max();
    }
    return max;
  }

  int[] recencyGroups() {
    return recencies.stream().mapToInt(Integer::intValue).toArray();
  }

  EntityLayout.ColumnPlan[] columnPlans() {
    return plans.toArray(new EntityLayout.ColumnPlan[0]);
  }

  TotalSlots[] viewTotals() {
    var slots = new TotalSlots[views.size()];
    for (int v = 0; v < slots.length; v++) {
      boolean square = reads(v, Aggregate.VARIANCE) || reads(v, Aggregate.STD_DEV);
      boolean sum = square || reads(v, Aggregate.SUM) || reads(v, Aggregate.MEAN);
      slots[v] =
          new TotalSlots(
              words(true, 1),
              words(sum, 2),
              words(square, 4),
              reads(v, Aggregate.QUANTILE) ? histograms++ : EntityLayout.NONE);
    }
    return slots;
  }

  private int words(boolean needed, int width) {
    int at = totalWords;
    totalWords += needed ? width : 0;
    return needed ? at : EntityLayout.NONE;
  }

  private boolean reads(int view, Aggregate aggregate) {
    return plans.stream().anyMatch(p -> p.view() == view && p.column().aggregate() == aggregate);
  }

  /** Valid after {@link #viewTotals}. */
  int totalWords() {
    return totalWords;
  }

  /** Valid after {@link #viewTotals}. */
  int histograms() {
    return histograms;
  }
}
