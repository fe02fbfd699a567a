package dev.millrace.kernel;

/**
 * Where the edges of all windows lie among the panes: per view the first pane with a contribution
 * at or after its lower edge, per group the first one at or after its head. Positions count from
 * the oldest pane; the number of panes means "none".
 */
final class Edges {
  private final EntityLayout layout;
  private final int[] tail;
  private final int[] head;

  Edges(EntityLayout layout) {
    this.layout = layout;
    tail = new int[layout.viewGroup.length];
    head = new int[layout.groupInput.length];
  }

  int tail(int view) {
    return tail[view];
  }

  int head(int group) {
    return head[group];
  }

  void moveTail(int view, int position) {
    tail[view] = position;
  }

  void moveHead(int group, int position) {
    head[group] = position;
  }

  /** A pane at or after a view's lower edge got its first contribution. */
  void offerTail(int view, int position) {
    tail[view] = Math.min(tail[view], position);
  }

  /** A pane at or after a group's head got its first contribution. */
  void offerHead(int group, int position) {
    head[group] = Math.min(head[group], position);
  }

  /** A pane ahead of all heads got its first contribution of an input. */
  void offerAhead(int input, int position) {
    for (int group : layout.inputGroups[input]) {
      offerHead(group, position);
      for (int view : layout.groupViews[group]) {
        offerTail(view, position);
      }
    }
  }

  /** A pane was inserted. */
  void inserted(int position) {
    for (int v = 0; v < tail.length; v++) {
      tail[v] += tail[v] >= position ? 1 : 0;
    }
    for (int g = 0; g < head.length; g++) {
      head[g] += head[g] >= position ? 1 : 0;
    }
  }

  /** Panes before all edges: no window will ever look at them. */
  int passed(int panes) {
    int passed = panes;
    for (int first : tail) {
      passed = Math.min(passed, first);
    }
    for (int first : head) {
      passed = Math.min(passed, first);
    }
    return passed;
  }

  /** The oldest panes were dropped. */
  void dropped(int panes) {
    for (int v = 0; v < tail.length; v++) {
      tail[v] -= panes;
    }
    for (int g = 0; g < head.length; g++) {
      head[g] -= panes;
    }
  }

  /** Finds all edges as of a grid point, after panes were merged or restored. */
  void locate(PaneList panes, long asOf) {
    for (int v = 0; v < tail.length; v++) {
      tail[v] = panes.nextWith(layout.viewInput[v], panes.lowerBound(layout.low(v, asOf)));
    }
    for (int g = 0; g < head.length; g++) {
      int from = panes.lowerBound(asOf - layout.groupOffset[g]);
      head[g] = panes.nextWith(layout.groupInput[g], from);
    }
  }

  /** Next grid point at which a pane passes an edge; {@link Long#MAX_VALUE} if none. */
  long next(PaneList panes) {
    long next = Long.MAX_VALUE;
    for (int g = 0; g < head.length; g++) {
      if (head[g] < panes.size()) {
        next = Math.min(next, panes.end(head[g]) + layout.groupOffset[g]);
      }
    }
    for (int v = 0; v < tail.length; v++) {
      if (tail[v] < panes.size()) {
        next = Math.min(next, layout.exit(v, panes.end(tail[v])));
      }
    }
    return next;
  }

  int weight() {
    return 48 + 4 * (tail.length + head.length);
  }
}
