package dev.millrace.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of an entity, compiled: distinct inputs into slots of a pane, slots × windows into
 * views with running totals, views into columns (performance.md §3.1). Immutable and shared by all
 * keys.
 *
 * <p>Inside the kernel all times are counted in slides: pane {@code i} is {@code [i × slide, (i +
 * 1) × slide)}. A <em>group</em> is an (input, offset): all its windows share one head edge. A
 * <em>view</em> is a window of a group; columns that differ only in their aggregate share it.
 */
public final class EntityLayout {
  static final int NONE = -1;
  static final long HOUR_MILLIS = 3_600_000;

  final long slideMillis;
  final long idHorizonMillis;
  final InputSlots[] inputs;
  final int paneWords;
  final int paneRefs;

  final int[] groupInput;
  final long[] groupOffset;
  final int[][] groupViews;
  final int[][] groupStairs;
  final int[][] groupRecencies;
  final int[][] inputGroups;

  final int[] viewGroup;
  final int[] viewInput;
  final long[] viewWindow;
  final long[] viewTail;
  final long[] viewOffset;
  final TotalSlots[] viewTotals;
  final int totalWords;
  final int histograms;

  final boolean[] stairIsMax;
  final int[] stairGroup;
  final int[] recencyGroup;

  final ColumnPlan[] columns;

  /** Largest m of all tails slide × 2^m. */
  final int maxLevel;

  /**
   * Where a column is read.
   *
   * @param column its description
   * @param view its window's running totals
   * @param stair its staircase for MIN and MAX, else {@link #NONE}
   * @param recency its recency list for COUNT_DISTINCT, else {@link #NONE}
   */
  record ColumnPlan(WindowColumn column, int view, int stair, int recency) {}

  /**
   * @param slideMillis grid of all columns
   * @param idHorizonMillis how long event ids are remembered; 0 for an entity that does not judge
   * @param inputTypes type of each input
   * @param columns the columns in the order of rows
   * @throws IllegalArgumentException if a window, tail or offset does not fit the slide, or an
   *     aggregate its input
   */
  public EntityLayout(
      long slideMillis,
      long idHorizonMillis,
      List<InputType> inputTypes,
      List<WindowColumn> columns) {
    this.slideMillis = slideMillis;
    this.idHorizonMillis = idHorizonMillis;
    for (WindowColumn column : columns) {
      LayoutChecks.check(slideMillis, inputTypes, column);
    }
    inputs = InputSlots.layOut(inputTypes, columns);
    paneWords = Arrays.stream(inputs).mapToInt(InputSlots::words).sum();
    paneRefs = Arrays.stream(inputs).mapToInt(InputSlots::refs).sum();

    var draft = new LayoutDraft(slideMillis, columns);
    groupInput = draft.groupInputs();
    groupOffset = draft.groupOffsets();
    viewGroup = draft.viewGroups();
    viewWindow = draft.viewWindows();
    viewTail = draft.viewTails();
    viewTotals = draft.viewTotals();
    totalWords = draft.totalWords();
    histograms = draft.histograms();
    stairGroup = draft.stairGroups();
    stairIsMax = draft.stairIsMax();
    recencyGroup = draft.recencyGroups();
    this.columns = draft.columnPlans();

    viewInput = new int[viewGroup.length];
    viewOffset = new long[viewGroup.length];
    long coarsest = 1;
    for (int v = 0; v < viewGroup.length; v++) {
      viewInput[v] = groupInput[viewGroup[v]];
      viewOffset[v] = groupOffset[viewGroup[v]];
      coarsest = Math.max(coarsest, viewTail[v]);
    }
    maxLevel = Long.numberOfTrailingZeros(coarsest);
    groupViews = membersOf(viewGroup, groupInput.length);
    groupStairs = membersOf(stairGroup, groupInput.length);
    groupRecencies = membersOf(recencyGroup, groupInput.length);
    inputGroups = membersOf(groupInput, inputTypes.size());
  }

  /** Number of inputs. */
  public int inputs() {
    return inputs.length;
  }

  /** Number of columns. */
  public int columns() {
    return columns.length;
  }

  public long slideMillis() {
    return slideMillis;
  }

  /** Lower edge, in slides, of a view at grid point {@code t} (in slides). */
  long low(int view, long t) {
    return Math.floorDiv(t - viewOffset[view] - viewWindow[view], viewTail[view]) * viewTail[view];
  }

  /** First grid point at which a pane that ends at {@code end} is outside the view. */
  long exit(int view, long end) {
    long tail = viewTail[view];
    return Math.floorDiv(end + tail - 1, tail) * tail + viewWindow[view] + viewOffset[view];
  }

  /** Lowest lower edge of all views: panes that end at or below it are of no use. */
  long lowest(long t) {
    long lowest = Long.MAX_VALUE;
    for (int v = 0; v < viewGroup.length; v++) {
      lowest = Math.min(lowest, low(v, t));
    }
    return lowest;
  }

  private static int[][] membersOf(int[] owner, int owners) {
    var members = new int[owners][];
    for (int o = 0; o < owners; o++) {
      var list = new ArrayList<Integer>();
      for (int i = 0; i < owner.length; i++) {
        if (owner[i] == o) {
          list.add(i);
        }
      }
      members[o] = list.stream().mapToInt(Integer::intValue).toArray();
    }
    return members;
  }
}
