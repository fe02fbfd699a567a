package dev.millrace.kernel;

/**
 * Panes, pending events and running totals of one key, and how they move with the clock
 * (performance.md §3.3, §3.4). Times are in slides.
 *
 * <p>Invariants after every step, with t = {@link #asOf}: a view's totals are exactly the panes
 * with low(view, t) ≤ start &lt; t − offset; {@link Edges} point at the panes where these two edges
 * lie; no edge lies inside a pane.
 */
final class WindowState {
  /** {@link #asOf} before the first advance: far enough back that no edge overflows. */
  static final long NEVER = Long.MIN_VALUE / 4;

  final EntityLayout layout;
  final PaneList panes;
  final RunningTotals totals;
  final Extremes extremes;
  final Edges edges;
  final BodyIndex body;
  private PendingList pending;
  private long asOf = NEVER;
  private int coarsenAbove = Coarsening.FIRST_SIZE;

  WindowState(EntityLayout layout) {
    this.layout = layout;
    panes = new PaneList(layout);
    totals = new RunningTotals(layout);
    extremes = new Extremes(layout);
    edges = new Edges(layout);
    body = new BodyIndex(layout);
  }

  long asOf() {
    return asOf;
  }

  int pendingSize() {
    return pending == null ? 0 : pending.size();
  }

  PendingList pending() {
    if (pending == null) {
      pending = new PendingList(layout);
    }
    return pending;
  }

  boolean isEmpty() {
    return panes.size() == 0 && pendingSize() == 0;
  }

  void add(EventInputs event) {
    long pane = Math.floorDiv(event.ts, layout.slideMillis);
    long visible = Math.floorDiv(event.visibleFrom, layout.slideMillis);
    if (visible > pane + 1) {
      PendingList list = pending();
      int entry = list.entry(visible, pane);
      SlotBlock.add(layout, list.words(), list.at(entry), list.refs(), list.refAt(entry), event);
      return;
    }
    int position = positionFor(pane);
    for (int i = 0; i < layout.inputs.length; i++) {
      if (event.present[i] && panes.count(position, i) == 0) {
        edges.offerAhead(i, position);
      }
    }
    SlotBlock.add(
        layout, panes.words(), panes.at(position), panes.refs(), panes.refAt(position), event);
  }

  /** Position of the pane that contains a slide and is about to change; inserted if missing. */
  int positionFor(long slide) {
    int found = panes.find(slide);
    if (found >= 0) {
      // Where partitions run ahead, even an event that is on time may find its pane in the body;
      // and a wide pane may start there although the slide itself lies above the boundary.
      body.touched(panes.start(found));
      return found;
    }
    int position = -1 - found;
    panes.insert(position, slide, 0);
    edges.inserted(position);
    body.touched(slide);
    return position;
  }

  /** Moves to grid point t; whether a contribution entered or left a window. */
  boolean advance(long t) {
    boolean moved = false;
    for (int v = 0; v < layout.viewGroup.length; v++) {
      moved |= evict(v, layout.low(v, t));
    }
    if (pendingSize() > 0) {
      moved |= PendingAdmission.run(this, t);
    }
    for (int g = 0; g < layout.groupInput.length; g++) {
      moved |= absorb(g, t);
    }
    asOf = t;
    dropPassed();
    if (panes.size() > coarsenAbove && layout.maxLevel > 0) {
      Coarsening.run(this);
      edges.locate(panes, asOf);
      coarsenAbove = Math.max(Coarsening.FIRST_SIZE, 2 * panes.size());
    }
    return moved;
  }

  /** Takes panes below a new lower edge out of a view. */
  private boolean evict(int view, long low) {
    long high = asOf - layout.viewOffset[view];
    int input = layout.viewInput[view];
    int position = edges.tail(view);
    boolean moved = false;
    while (position < panes.size() && panes.start(position) < low) {
      if (panes.start(position) < high) {
        totals.subtract(
            view, panes.words(), panes.at(position), panes.refs(), panes.refAt(position));
        moved = true;
      }
      position = panes.nextWith(input, position + 1);
    }
    edges.moveTail(view, position);
    return moved;
  }

  /** Takes panes that the head of a group has passed into its windows. */
  private boolean absorb(int group, long t) {
    long high = t - layout.groupOffset[group];
    int position = edges.head(group);
    boolean moved = false;
    while (position < panes.size() && panes.start(position) < high) {
      moved |= enter(group, position, t);
      position = panes.nextWith(layout.groupInput[group], position + 1);
    }
    edges.moveHead(group, position);
    return moved;
  }

  /** Adds a pane to the views of a group that reach it at t. */
  private boolean enter(int group, int position, long t) {
    boolean moved = false;
    long pane = panes.start(position);
    int at = panes.at(position);
    int refAt = panes.refAt(position);
    for (int view : layout.groupViews[group]) {
      if (pane >= layout.low(view, t)) {
        totals.add(view, panes.words(), at, panes.refs(), refAt);
        moved = true;
      }
    }
    extremes.enter(group, pane, panes.words(), at, panes.refs(), refAt);
    return moved;
  }

  private void dropPassed() {
    int passed = edges.passed(panes.size());
    if (passed > 0) {
      panes.dropFirst(passed);
      edges.dropped(passed);
      extremes.dropBefore(layout.lowest(asOf));
    }
  }

  /** Next grid point at which something enters or leaves a window; MAX_VALUE if none. */
  long next() {
    long next = edges.next(panes);
    return pendingSize() == 0 ? next : Math.min(next, pending.earliest());
  }

  /** Takes up restored panes and pending events as of a grid point: totals are computed anew. */
  void resume(long restoredAsOf) {
    asOf = restoredAsOf;
    edges.locate(panes, asOf);
    for (int g = 0; g < layout.groupInput.length; g++) {
      int input = layout.groupInput[g];
      for (int p = panes.nextWith(input, 0); p < edges.head(g); p = panes.nextWith(input, p + 1)) {
        enter(g, p, asOf);
      }
    }
    coarsenAbove = Math.max(Coarsening.FIRST_SIZE, 2 * panes.size());
  }

  int weight() {
    int bytes = 96 + panes.weight() + totals.weight() + extremes.weight() + edges.weight();
    return bytes + (pending == null ? 0 : pending.weight());
  }
}
