package dev.millrace.kernel;

import java.util.Arrays;

/**
 * The 257 most recently seen distinct hashes of one (input, offset), each with its newest pane. The
 * rank of a value by recency only improves, so any window with at most 256 distinct values is
 * answered exactly: they are the entries at or after its lower edge (performance.md §3.6). With 257
 * such entries the window holds more, and the caller unites the panes' sets.
 */
final class Recency {
  private static final int CAPACITY = DistinctSet.EXACT_LIMIT + 1;

  private long[] hashes = new long[4];
  private long[] panes = new long[4];
  private int size;

  /** Newest pane that alone holds more than 256 values and keeps no hashes. */
  private long saturatedPane = Long.MIN_VALUE;

  /** Takes in a pane's set. */
  void add(long pane, DistinctSet set) {
    if (!set.isExact()) {
      saturatedPane = Math.max(saturatedPane, pane);
      return;
    }
    for (int i = 0; i < set.size(); i++) {
      add(pane, set.hash(i));
    }
  }

  private void add(long pane, long hash) {
    int oldest = 0;
    for (int i = 0; i < size; i++) {
      if (hashes[i] == hash) {
        panes[i] = Math.max(panes[i], pane);
        return;
      }
      if (panes[i] < panes[oldest]) {
        oldest = i;
      }
    }
    if (size == CAPACITY) {
      if (panes[oldest] < pane) {
        hashes[oldest] = hash;
        panes[oldest] = pane;
      }
      return;
    }
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.min(CAPACITY, size * 2));
      panes = Arrays.copyOf(panes, Math.min(CAPACITY, size * 2));
    }
    hashes[size] = hash;
    panes[size] = pane;
    size++;
  }

  /** Number of distinct values at or after a lower edge, or −1 if there are more than 256. */
  int count(long low) {
    if (saturatedPane >= low) {
      return -1;
    }
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (panes[i] >= low) {
        count++;
      }
    }
    return count == CAPACITY ? -1 : count;
  }

  /** Forgets values not seen since a pane that no window reaches any more. */
  void dropBefore(long pane) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (panes[i] >= pane) {
        hashes[kept] = hashes[i];
        panes[kept] = panes[i];
        kept++;
      }
    }
    size = kept;
  }

  int weight() {
    return 56 + 16 * hashes.length;
  }
}
