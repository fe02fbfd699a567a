package dev.millrace.kernel;

import java.util.Arrays;

/**
 * The extremes of one (input, offset) that some window can still see: of two panes the older one is
 * kept only if no newer one is at least as extreme. All windows share it, because they share the
 * head; the extreme of a window is the first step at or after its lower edge (performance.md §3.6).
 *
 * <p>Values are in {@link Sortable} order; for Min values rise from the oldest step to the newest,
 * for Max they fall.
 */
final class Staircase {
  private final boolean max;
  private long[] panes = new long[4];
  private long[] values = new long[4];
  private int from;
  private int size;

  Staircase(boolean max) {
    this.max = max;
  }

  /** Adds the extreme of a pane that enters at the head, or of a late event of an older pane. */
  void add(long pane, long value) {
    int at = from + size;
    if (size > 0 && panes[at - 1] >= pane) {
      at = firstAtOrAfter(pane);
      boolean known = at < from + size && covers(values[at], value);
      if (known) {
        return; // the same pane or a newer one is at least as extreme
      }
    }
    int keep = at;
    while (keep > from && covers(value, values[keep - 1])) {
      keep--;
    }
    // A step of the very same pane that is less extreme is replaced as well.
    int rest = at < from + size && panes[at] == pane ? at + 1 : at;
    replace(keep, rest, pane, value);
  }

  private boolean covers(long newer, long older) {
    return max ? newer >= older : newer <= older;
  }

  private void replace(int keep, int rest, long pane, long value) {
    int tail = from + size - rest;
    if (keep == rest) {
      makeRoom();
      int shift = from; // makeRoom may have moved everything to the front
      int position = from + size - tail;
      System.arraycopy(panes, position, panes, position + 1, tail);
      System.arraycopy(values, position, values, position + 1, tail);
      panes[position] = pane;
      values[position] = value;
      size++;
      assert shift >= 0;
      return;
    }
    panes[keep] = pane;
    values[keep] = value;
    System.arraycopy(panes, rest, panes, keep + 1, tail);
    System.arraycopy(values, rest, values, keep + 1, tail);
    size -= rest - keep - 1;
  }

  private void makeRoom() {
    if (from + size < panes.length) {
      return;
    }
    if (from >= panes.length / 2) {
      System.arraycopy(panes, from, panes, 0, size);
      System.arraycopy(values, from, values, 0, size);
      from = 0;
    } else {
      panes = Arrays.copyOf(panes, panes.length * 2);
      values = Arrays.copyOf(values, values.length * 2);
    }
  }

  /** The extreme at or after a lower edge; the window must hold a contribution. */
  long extreme(long low) {
    return values[firstAtOrAfter(low)];
  }

  /** Forgets steps before a pane that no window reaches any more. */
  void dropBefore(long pane) {
    while (size > 0 && panes[from] < pane) {
      from++;
      size--;
    }
    if (size == 0) {
      from = 0;
    }
  }

  private int firstAtOrAfter(long pane) {
    int low = from;
    int high = from + size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (panes[middle] < pane) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  int weight() {
    return 48 + 16 * panes.length;
  }
}
