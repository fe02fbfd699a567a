package dev.millrace.kernel;

import java.util.Arrays;

/**
 * Which panes of a key lie in body parts, by aligned chunks that no coarse pane spans, and which
 * chunks changed since the last flush (performance.md §3.8).
 */
final class BodyIndex {
  /** Fewest slides of a chunk. */
  private static final int CHUNK = 64;

  private final int chunkShift;

  /** Panes that start below are in the body, those at or above in the head. */
  private long boundary = Long.MIN_VALUE;

  private long[] stored = new long[0];
  private long[] dirty = new long[0];

  BodyIndex(EntityLayout layout) {
    chunkShift = Math.max(Integer.numberOfTrailingZeros(CHUNK), layout.maxLevel);
  }

  long chunk(long slide) {
    return slide >> chunkShift;
  }

  long boundary() {
    return boundary;
  }

  /** Chunks that have a part. */
  long[] stored() {
    return stored;
  }

  /** Chunks whose part must be written. */
  long[] dirty() {
    return dirty;
  }

  /** A pane was inserted or changed. */
  void touched(long slide) {
    if (slide < boundary) {
      dirty = with(dirty, chunk(slide));
    }
  }

  /** Moves the boundary up; chunks with panes that crossed it are dirty. */
  void moveBoundary(PaneList panes, long to) {
    for (int p = panes.lowerBound(Math.max(boundary, panes.start(0))); p < panes.size(); p++) {
      if (panes.start(p) >= to) {
        break;
      }
      dirty = with(dirty, chunk(panes.start(p)));
    }
    boundary = to;
  }

  void wrote(long chunk) {
    stored = with(stored, chunk);
  }

  void removed(long chunk) {
    int at = Arrays.binarySearch(stored, chunk);
    if (at >= 0) {
      var rest = new long[stored.length - 1];
      System.arraycopy(stored, 0, rest, 0, at);
      System.arraycopy(stored, at + 1, rest, at, rest.length - at);
      stored = rest;
    }
  }

  void clean() {
    dirty = new long[0];
  }

  void restore(long restoredBoundary) {
    boundary = restoredBoundary;
  }

  private static long[] with(long[] sorted, long value) {
    int at = Arrays.binarySearch(sorted, value);
    if (at >= 0) {
      return sorted;
    }
    int insertAt = -at - 1;
    var more = new long[sorted.length + 1];
    System.arraycopy(sorted, 0, more, 0, insertAt);
    more[insertAt] = value;
    System.arraycopy(sorted, insertAt, more, insertAt + 1, sorted.length - insertAt);
    return more;
  }
}
