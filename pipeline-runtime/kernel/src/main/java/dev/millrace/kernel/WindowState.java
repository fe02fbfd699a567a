package dev.millrace.kernel;

/**
 * Panes, pending events and running totals of one key, and how they move with the clock
 * (performance.md §3.3, §3.4). Times are in slides.
 *
 * <p>Invariants after every step, with t = {@link #asOf}: a view's totals are exactly the panes
 * with low(view, t) ≤ start &lt; t − offset; {@code tail[view]} and {@code head[group]} are the
 * first panes with a contribution of the input at or after these two edges; no edge lies inside a
 * pane.
 */
final class WindowState {
  /** {@link #asOf} before the first advance: far enough back that no edge overflows. */
  static final long NEVER = Long.MIN_VALUE / 4;

  final EntityLayout layout;
  final PaneList panes;
  final RunningTotals totals;
  final Staircase[] stairs;
  final Recency[] recencies;
  final BodyIndex body;
  private PendingList pending;
  private final int[] tail;
  private final int[] head;
  private long asOf = NEVER;
  private int coarsenAbove = Coarsening.FIRST_SIZE;

  WindowState(EntityLayout layout) {
    this.layout = layout;
    panes = new PaneList(layout);
    totals = new RunningTotals(layout);
    body = new BodyIndex(layout);
    tail = new int[layout.viewGroup.length];
    head = new int[layout.groupInput.length];
    stairs = new Staircase[layout.stairGroup.length];
    for (int i = 0; i < stairs.length; i++) {
      stairs[i] = new Staircase(layout.stairIsMax[i]);
    }
    recencies = new Recency[layout.recencyGroup.length];
    for (int i = 0; i < recencies.length; i++) {
      recencies[i] = new Recency();
    }
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

  /** First position of a view's window, or a position outside it when the window is empty. */
  int tail(int view) {
    return tail[view];
  }

  /** First position after the windows of a group. */
  int head(int group) {
    return head[group];
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
        contributesAhead(i, position);
      }
    }
    SlotBlock.add(
        layout, panes.words(), panes.at(position), panes.refs(), panes.refAt(position), event);
  }

  /** A pane ahead of all heads got its first contribution of an input. */
  private void contributesAhead(int input, int position) {
    for (int group : layout.inputGroups[input]) {
      head[group] = Math.min(head[group], position);
      for (int view : layout.groupViews[group]) {
        tail[view] = Math.min(tail[view], position);
      }
    }
  }

  /** Position of the pane that contains a slide; inserted if it is not there. */
  private int positionFor(long slide) {
    int found = panes.find(slide);
    if (found >= 0) {
      return found;
    }
    int position = -1 - found;
    panes.insert(position, slide, 0);
    for (int v = 0; v < tail.length; v++) {
      tail[v] += tail[v] >= position ? 1 : 0;
    }
    for (int g = 0; g < head.length; g++) {
      head[g] += head[g] >= position ? 1 : 0;
    }
    body.touched(slide);
    return position;
  }

  /** Moves to grid point t; whether a contribution entered or left a window. */
  boolean advance(long t) {
    boolean moved = false;
    for (int v = 0; v < tail.length; v++) {
      moved |= evict(v, layout.low(v, t));
    }
    if (pendingSize() > 0) {
      moved |= admitPending(t);
    }
    for (int g = 0; g < head.length; g++) {
      moved |= absorb(g, t);
    }
    asOf = t;
    dropExpired();
    if (panes.size() > coarsenAbove && layout.maxLevel > 0) {
      Coarsening.run(this);
      locateEdges();
      coarsenAbove = Math.max(Coarsening.FIRST_SIZE, 2 * panes.size());
    }
    return moved;
  }

  /** Takes panes below a new lower edge out of a view. */
  private boolean evict(int view, long low) {
    long high = asOf - layout.viewOffset[view];
    int input = layout.viewInput[view];
    int position = tail[view];
    boolean moved = false;
    while (position < panes.size() && panes.start(position) < low) {
      if (panes.start(position) < high) {
        totals.subtract(
            view, panes.words(), panes.at(position), panes.refs(), panes.refAt(position));
        moved = true;
      }
      position = panes.nextWith(input, position + 1);
    }
    tail[view] = position;
    return moved;
  }

  /** Puts pending events that are visible at t into their panes, and into windows around them. */
  private boolean admitPending(long t) {
    boolean moved = false;
    long lowest = layout.lowest(t);
    for (int entry = 0; entry < pending.size(); entry++) {
      if (pending.visible(entry) <= t && pending.pane(entry) >= lowest) {
        moved |= admit(entry, t);
      }
    }
    pending.removeVisible(t);
    return moved;
  }

  private boolean admit(int entry, long t) {
    long pane = pending.pane(entry);
    int position = positionFor(pane);
    body.touched(pane);
    boolean moved = false;
    for (int i = 0; i < layout.inputs.length; i++) {
      if (pending.words()[pending.at(entry) + layout.inputs[i].count()] > 0) {
        boolean fresh = panes.count(position, i) == 0;
        for (int group : layout.inputGroups[i]) {
          moved |= admit(entry, group, position, fresh, t);
        }
      }
    }
    SlotBlock.merge(
        layout,
        panes.words(),
        panes.at(position),
        panes.refs(),
        panes.refAt(position),
        pending.words(),
        pending.at(entry),
        pending.refs(),
        pending.refAt(entry));
    return moved;
  }

  private boolean admit(int entry, int group, int position, boolean fresh, long t) {
    long pane = pending.pane(entry);
    boolean behindHead = pane < asOf - layout.groupOffset[group];
    boolean moved = false;
    for (int view : layout.groupViews[group]) {
      if (pane >= layout.low(view, t)) {
        if (behindHead) {
          totals.add(
              view, pending.words(), pending.at(entry), pending.refs(), pending.refAt(entry));
          moved = true;
        }
        tail[view] = fresh ? Math.min(tail[view], position) : tail[view];
      }
    }
    if (behindHead) {
      enter(group, pane, pending.words(), pending.at(entry), pending.refs(), pending.refAt(entry));
    } else if (fresh) {
      head[group] = Math.min(head[group], position);
    }
    return moved;
  }

  /** Takes panes that the head of a group has passed into its windows. */
  private boolean absorb(int group, long t) {
    long high = t - layout.groupOffset[group];
    int input = layout.groupInput[group];
    int position = head[group];
    boolean moved = false;
    while (position < panes.size() && panes.start(position) < high) {
      int at = panes.at(position);
      int refAt = panes.refAt(position);
      for (int view : layout.groupViews[group]) {
        if (panes.start(position) >= layout.low(view, t)) {
          totals.add(view, panes.words(), at, panes.refs(), refAt);
          moved = true;
        }
      }
      enter(group, panes.start(position), panes.words(), at, panes.refs(), refAt);
      position = panes.nextWith(input, position + 1);
    }
    head[group] = position;
    return moved;
  }

  /** Shows a block to the staircases and recency lists of a group. */
  private void enter(int group, long pane, long[] block, int at, Object[] refs, int refAt) {
    InputSlots slots = layout.inputs[layout.groupInput[group]];
    for (int stair : layout.groupStairs[group]) {
      stairs[stair].add(pane, block[at + (layout.stairIsMax[stair] ? slots.max() : slots.min())]);
    }
    for (int recency : layout.groupRecencies[group]) {
      recencies[recency].add(pane, (DistinctSet) refs[refAt + slots.distinct()]);
    }
  }

  /** Drops the panes before all edges: no window will ever look at them again. */
  private void dropExpired() {
    int expired = panes.size();
    for (int first : tail) {
      expired = Math.min(expired, first);
    }
    for (int first : head) {
      expired = Math.min(expired, first);
    }
    if (expired == 0) {
      return;
    }
    long lowest = layout.lowest(asOf);
    panes.dropFirst(expired);
    for (int v = 0; v < tail.length; v++) {
      tail[v] -= expired;
    }
    for (int g = 0; g < head.length; g++) {
      head[g] -= expired;
    }
    for (Staircase stair : stairs) {
      stair.dropBefore(lowest);
    }
    for (Recency recency : recencies) {
      recency.dropBefore(lowest);
    }
  }

  /** Next grid point at which something enters or leaves a window; MAX_VALUE if none. */
  long next() {
    long next = pendingSize() == 0 ? Long.MAX_VALUE : pending.earliest();
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

  /** Finds all edges again, after panes were merged or restored. */
  void locateEdges() {
    for (int v = 0; v < tail.length; v++) {
      tail[v] = panes.nextWith(layout.viewInput[v], panes.lowerBound(layout.low(v, asOf)));
    }
    for (int g = 0; g < head.length; g++) {
      head[g] =
          panes.nextWith(layout.groupInput[g], panes.lowerBound(asOf - layout.groupOffset[g]));
    }
  }

  /** Takes up restored panes and pending events as of a grid point: totals are computed anew. */
  void resume(long restoredAsOf) {
    asOf = restoredAsOf;
    locateEdges();
    for (int g = 0; g < head.length; g++) {
      int input = layout.groupInput[g];
      for (int p = panes.nextWith(input, 0); p < head[g]; p = panes.nextWith(input, p + 1)) {
        for (int view : layout.groupViews[g]) {
          if (panes.start(p) >= layout.low(view, asOf)) {
            totals.add(view, panes.words(), panes.at(p), panes.refs(), panes.refAt(p));
          }
        }
        enter(g, panes.start(p), panes.words(), panes.at(p), panes.refs(), panes.refAt(p));
      }
    }
    coarsenAbove = Math.max(Coarsening.FIRST_SIZE, 2 * panes.size());
  }

  int weight() {
    int bytes = 160 + panes.weight() + totals.weight() + 4 * (tail.length + head.length);
    bytes += pending == null ? 0 : pending.weight();
    for (Staircase stair : stairs) {
      bytes += stair.weight();
    }
    for (Recency recency : recencies) {
      bytes += recency.weight();
    }
    return bytes;
  }
}
