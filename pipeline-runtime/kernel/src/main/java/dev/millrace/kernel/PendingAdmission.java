package dev.millrace.kernel;

/**
 * The moment at which pending events become visible: they enter their panes, and those windows
 * whose head has already passed the pane and whose lower edge has not (performance.md §3.4, step
 * 1).
 */
final class PendingAdmission {
  private PendingAdmission() {}

  /** Puts pending events that are visible at t into their panes, and into windows around them. */
  static boolean run(WindowState state, long t) {
    PendingList pending = state.pending();
    boolean moved = false;
    long lowest = state.layout.lowest(t);
    for (int entry = 0; entry < pending.size(); entry++) {
      // Below every new lower edge an event never contributes, so it is not even put into a pane.
      if (pending.visible(entry) <= t && pending.pane(entry) >= lowest) {
        moved |= admit(state, entry, t);
      }
    }
    pending.removeVisible(t);
    return moved;
  }

  private static boolean admit(WindowState state, int entry, long t) {
    PendingList pending = state.pending();
    PaneList panes = state.panes;
    long pane = pending.pane(entry);
    int position = state.positionFor(pane);
    boolean moved = false;
    for (int i = 0; i < state.layout.inputs.length; i++) {
      if (pending.words()[pending.at(entry) + state.layout.inputs[i].count()] > 0) {
        boolean fresh = panes.count(position, i) == 0;
        for (int group : state.layout.inputGroups[i]) {
          moved |= admit(state, entry, group, position, fresh, t);
        }
      }
    }
    SlotBlock.merge(
        state.layout,
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

  private static boolean admit(
      WindowState state, int entry, int group, int position, boolean fresh, long t) {
    PendingList pending = state.pending();
    long pane = pending.pane(entry);
    int at = pending.at(entry);
    int refAt = pending.refAt(entry);
    boolean behindHead = pane < state.asOf() - state.layout.groupOffset[group];
    boolean moved = false;
    for (int view : state.layout.groupViews[group]) {
      if (pane >= state.layout.low(view, t)) {
        if (behindHead) {
          state.totals.add(view, pending.words(), at, pending.refs(), refAt);
          moved = true;
        }
        if (fresh) {
          state.edges.offerTail(view, position);
        }
      }
    }
    if (behindHead) {
      state.extremes.enter(group, pane, pending.words(), at, pending.refs(), refAt);
    } else if (fresh) {
      state.edges.offerHead(group, position);
    }
    return moved;
  }
}
