package dev.millrace.kernel;

/**
 * Merges old panes: because every tail is slide × 2^m, siblings merge into their parent as soon as
 * no finer edge can still fall inside it (performance.md §3.3). Edges are lower edges, on the grid
 * of their tail, and heads, on the grid of the slide; both only move forward.
 */
final class Coarsening {
  /** Panes below which merging is not worth a pass. */
  static final int FIRST_SIZE = 64;

  private Coarsening() {}

  /** One pass over all panes; edges of the state are to be located anew afterwards. */
  static void run(WindowState state) {
    EntityLayout layout = state.layout;
    PaneList panes = state.panes;
    var reach = reach(layout, state.asOf());
    int packed = 0;
    for (int p = 0; p < panes.size(); p++) {
      long start = panes.start(p);
      int level = level(start, panes.level(p), reach);
      long parent = start >> level << level;
      boolean merge =
          packed > 0 && panes.start(packed - 1) == parent && panes.level(packed - 1) == level;
      if (merge || level != panes.level(p)) {
        state.body.touched(parent);
      }
      panes.relocate(p, merge ? packed - 1 : packed, parent, level, merge);
      packed += merge ? 0 : 1;
    }
    panes.truncate(packed);
  }

  /** Widest level a pane may have: its parent must end at or below what finer edges have passed. */
  private static int level(long start, int least, long[] reach) {
    for (int level = reach.length - 1; level > least; level--) {
      if (((start >> level) + 1) << level <= reach[level]) {
        return level;
      }
    }
    return least;
  }

  /** Per level the lowest edge that may fall inside a pane of that level. */
  private static long[] reach(EntityLayout layout, long asOf) {
    var reach = new long[layout.maxLevel + 1];
    for (int level = 1; level <= layout.maxLevel; level++) {
      long lowest = Long.MAX_VALUE;
      for (int v = 0; v < layout.viewGroup.length; v++) {
        lowest = Math.min(lowest, asOf - layout.viewOffset[v]);
        if (layout.viewTail[v] < 1L << level) {
          lowest = Math.min(lowest, layout.low(v, asOf));
        }
      }
      reach[level] = lowest;
    }
    return reach;
  }
}
