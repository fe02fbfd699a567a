package dev.millrace.kernel;

import java.util.Arrays;

/**
 * The non-empty panes of a key in time order, as parallel arrays: start (in slides), level (the
 * pane is 2^level slides wide) and one {@link SlotBlock} each. Positions count from the oldest
 * pane.
 */
final class PaneList {
  private final EntityLayout layout;
  private long[] starts = new long[2];
  private byte[] levels = new byte[2];
  private long[] words;
  private Object[] refs;
  private int from;
  private int size;

  PaneList(EntityLayout layout) {
    this.layout = layout;
    words = new long[2 * layout.paneWords];
    refs = layout.paneRefs == 0 ? null : new Object[2 * layout.paneRefs];
  }

  int size() {
    return size;
  }

  long start(int position) {
    return starts[from + position];
  }

  int level(int position) {
    return levels[from + position];
  }

  long end(int position) {
    return starts[from + position] + (1L << levels[from + position]);
  }

  long[] words() {
    return words;
  }

  Object[] refs() {
    return refs;
  }

  /** Index of a pane's first word. */
  int at(int position) {
    return (from + position) * layout.paneWords;
  }

  /** Index of a pane's first reference. */
  int refAt(int position) {
    return (from + position) * layout.paneRefs;
  }

  long count(int position, int input) {
    return words[at(position) + layout.inputs[input].count()];
  }

  /** First position at or after {@code position} whose pane holds a contribution of the input. */
  int nextWith(int input, int position) {
    int next = position;
    while (next < size && count(next, input) == 0) {
      next++;
    }
    return next;
  }

  /**
   * Position of the pane that contains a slide, or −1 − the position where it is to be inserted.
   */
  int find(long slide) {
    if (size == 0 || end(size - 1) <= slide) {
      return -1 - size;
    }
    if (starts[from + size - 1] <= slide) {
      return size - 1;
    }
    int position = lowerBound(slide + 1) - 1;
    return position >= 0 && end(position) > slide ? position : -2 - position;
  }

  /** First position whose pane starts at or after a slide. */
  int lowerBound(long slide) {
    int low = from;
    int high = from + size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] < slide) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - from;
  }

  /** Inserts an empty pane. */
  void insert(int position, long start, int level) {
    makeRoom();
    int at = from + position;
    int rest = size - position;
    if (rest > 0) {
      System.arraycopy(starts, at, starts, at + 1, rest);
      System.arraycopy(levels, at, levels, at + 1, rest);
      int width = layout.paneWords;
      System.arraycopy(words, at * width, words, (at + 1) * width, rest * width);
      if (refs != null) {
        int refWidth = layout.paneRefs;
        System.arraycopy(refs, at * refWidth, refs, (at + 1) * refWidth, rest * refWidth);
      }
    }
    starts[at] = start;
    levels[at] = (byte) level;
    size++;
    clear(position);
  }

  private void clear(int position) {
    Arrays.fill(words, at(position), at(position) + layout.paneWords, 0);
    if (refs != null) {
      Arrays.fill(refs, refAt(position), refAt(position) + layout.paneRefs, null);
    }
  }

  private void makeRoom() {
    if (from + size < starts.length) {
      return;
    }
    if (from > starts.length / 4) {
      move();
      return;
    }
    int capacity = starts.length * 2;
    starts = Arrays.copyOf(starts, capacity);
    levels = Arrays.copyOf(levels, capacity);
    words = Arrays.copyOf(words, capacity * layout.paneWords);
    refs = refs == null ? null : Arrays.copyOf(refs, capacity * layout.paneRefs);
  }

  private void move() {
    System.arraycopy(starts, from, starts, 0, size);
    System.arraycopy(levels, from, levels, 0, size);
    int width = layout.paneWords;
    System.arraycopy(words, from * width, words, 0, size * width);
    if (refs != null) {
      int refWidth = layout.paneRefs;
      System.arraycopy(refs, from * refWidth, refs, 0, size * refWidth);
      Arrays.fill(refs, size * refWidth, (from + size) * refWidth, null);
    }
    from = 0;
  }

  /** Drops the oldest panes. */
  void dropFirst(int panes) {
    if (refs != null) {
      Arrays.fill(refs, refAt(0), refAt(panes), null);
    }
    from += panes;
    size -= panes;
    if (size == 0) {
      from = 0;
    }
  }

  /** Moves a pane to an earlier position, or merges it into the pane that is there. */
  void relocate(int position, int to, long start, int level, boolean merge) {
    if (merge) {
      SlotBlock.merge(
          layout, words, at(to), refs, refAt(to), words, at(position), refs, refAt(position));
      return;
    }
    starts[from + to] = start;
    levels[from + to] = (byte) level;
    if (to != position) {
      System.arraycopy(words, at(position), words, at(to), layout.paneWords);
      if (refs != null) {
        System.arraycopy(refs, refAt(position), refs, refAt(to), layout.paneRefs);
      }
    }
  }

  /** Cuts the list after {@link #relocate} has packed it. */
  void truncate(int newSize) {
    if (refs != null) {
      Arrays.fill(refs, refAt(newSize), refAt(size), null);
    }
    size = newSize;
  }

  int weight() {
    int bytes = 96 + starts.length * 9 + words.length * 8;
    if (refs != null) {
      bytes += refs.length * 4;
      for (int i = 0; i < size * layout.paneRefs; i++) {
        bytes += weight(refs[from * layout.paneRefs + i]);
      }
    }
    return bytes;
  }

  private static int weight(Object ref) {
    if (ref instanceof DistinctSet set) {
      return set.weight();
    }
    if (ref instanceof Histogram histogram) {
      return histogram.weight();
    }
    return ref instanceof byte[] bytes ? 16 + bytes.length : 0;
  }
}
