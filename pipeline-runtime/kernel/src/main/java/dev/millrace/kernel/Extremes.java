package dev.millrace.kernel;

/** The staircases and recency lists of a key: what windows share because they share the head. */
final class Extremes {
  private final EntityLayout layout;
  private final Staircase[] stairs;
  private final Recency[] recencies;

  Extremes(EntityLayout layout) {
    this.layout = layout;
    stairs = new Staircase[layout.stairGroup.length];
    for (int i = 0; i < stairs.length; i++) {
      stairs[i] = new Staircase(layout.stairIsMax[i]);
    }
    recencies = new Recency[layout.recencyGroup.length];
    for (int i = 0; i < recencies.length; i++) {
      recencies[i] = new Recency();
    }
  }

  Staircase stair(int index) {
    return stairs[index];
  }

  Recency recency(int index) {
    return recencies[index];
  }

  /** Shows a block that entered the windows of a group. */
  void enter(int group, long pane, long[] block, int at, Object[] refs, int refAt) {
    InputSlots slots = layout.inputs[layout.groupInput[group]];
    for (int stair : layout.groupStairs[group]) {
      stairs[stair].add(pane, block[at + (layout.stairIsMax[stair] ? slots.max() : slots.min())]);
    }
    for (int recency : layout.groupRecencies[group]) {
      recencies[recency].add(pane, (DistinctSet) refs[refAt + slots.distinct()]);
    }
  }

  /** Forgets what no window reaches any more. */
  void dropBefore(long pane) {
    for (Staircase stair : stairs) {
      stair.dropBefore(pane);
    }
    for (Recency recency : recencies) {
      recency.dropBefore(pane);
    }
  }

  int weight() {
    int bytes = 32;
    for (Staircase stair : stairs) {
      bytes += stair.weight();
    }
    for (Recency recency : recencies) {
      bytes += recency.weight();
    }
    return bytes;
  }
}
