package dev.millrace.kernel;

import java.util.Arrays;

/**
 * Accepted events that become visible only after the end of their pane: late ones, and those of a
 * partition ahead of the others. They wait apart, because a pane evicted before they are visible
 * would take away what was never added (performance.md §3.4). Events of the same pane and
 * visibility are one entry.
 */
final class PendingList {
  private final EntityLayout layout;
  private long[] visible = new long[2];
  private long[] panes = new long[2];
  private long[] words;
  private Object[] refs;
  private int size;

  PendingList(EntityLayout layout) {
    this.layout = layout;
    words = new long[2 * layout.paneWords];
    refs = layout.paneRefs == 0 ? null : new Object[2 * layout.paneRefs];
  }

  int size() {
    return size;
  }

  /** Grid point, in slides, from which an entry is visible. */
  long visible(int entry) {
    return visible[entry];
  }

  /** Pane, in slides, of an entry. */
  long pane(int entry) {
    return panes[entry];
  }

  long[] words() {
    return words;
  }

  Object[] refs() {
    return refs;
  }

  int at(int entry) {
    return entry * layout.paneWords;
  }

  int refAt(int entry) {
    return entry * layout.paneRefs;
  }

  /** The entry for a pane and visibility, added empty if it is new. */
  int entry(long visibleFrom, long pane) {
    for (int i = size - 1; i >= 0; i--) {
      if (visible[i] == visibleFrom && panes[i] == pane) {
        return i;
      }
    }
    if (size == visible.length) {
      visible = Arrays.copyOf(visible, size * 2);
      panes = Arrays.copyOf(panes, size * 2);
      words = Arrays.copyOf(words, size * 2 * layout.paneWords);
      refs = refs == null ? null : Arrays.copyOf(refs, size * 2 * layout.paneRefs);
    }
    visible[size] = visibleFrom;
    panes[size] = pane;
    return size++;
  }

  /** Earliest visibility, or {@link Long#MAX_VALUE}. */
  long earliest() {
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      earliest = Math.min(earliest, visible[i]);
    }
    return earliest;
  }

  /** Removes the entries that are visible at grid point {@code t}; order is kept. */
  void removeVisible(long t) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (visible[i] > t) {
        if (kept != i) {
          move(i, kept);
        }
        kept++;
      }
    }
    Arrays.fill(words, at(kept), at(size), 0);
    if (refs != null) {
      Arrays.fill(refs, refAt(kept), refAt(size), null);
    }
    size = kept;
  }

  private void move(int entry, int to) {
    visible[to] = visible[entry];
    panes[to] = panes[entry];
    System.arraycopy(words, at(entry), words, at(to), layout.paneWords);
    if (refs != null) {
      System.arraycopy(refs, refAt(entry), refs, refAt(to), layout.paneRefs);
    }
  }

  int weight() {
    return 64 + visible.length * (16 + 8 * layout.paneWords + 4 * layout.paneRefs);
  }
}
