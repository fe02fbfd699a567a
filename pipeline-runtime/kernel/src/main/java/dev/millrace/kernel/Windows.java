package dev.millrace.kernel;

/** The grid and the edges of windows (semantics.md §1, §3). All times are epoch milliseconds. */
public final class Windows {
  /** Most panes of one width that a window may be made of before its tail gets coarser. */
  public static final int MAX_TAIL_PANES = 2880;

  private Windows() {}

  /**
   * Resolution of the tail of a window: slide × 2^m with the smallest m such that window / tail ≤
   * 2880; the slide itself when {@code exact}.
   */
  public static long tailMillis(long slideMillis, long windowMillis, boolean exact) {
    if (slideMillis <= 0 || windowMillis <= 0 || windowMillis % slideMillis != 0) {
      throw new IllegalArgumentException(
          "window " + windowMillis + " ms is not a positive multiple of slide " + slideMillis);
    }
    long tail = slideMillis;
    while (!exact && windowMillis > tail * MAX_TAIL_PANES) {
      tail *= 2;
    }
    return tail;
  }

  /** Largest multiple of {@code unit} at or below {@code time}. */
  public static long floorTo(long time, long unit) {
    return Math.floorDiv(time, unit) * unit;
  }

  /** Smallest grid point strictly after {@code time}. */
  public static long nextGridPoint(long time, long slideMillis) {
    return floorTo(time, slideMillis) + slideMillis;
  }
}
