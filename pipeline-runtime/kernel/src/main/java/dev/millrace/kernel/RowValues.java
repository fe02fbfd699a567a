package dev.millrace.kernel;

import java.util.Arrays;

/**
 * The values of all columns of one entity at one grid point, as the kernel computed them. Reused
 * for every row.
 *
 * <p>Value of a column by aggregate: COUNT, COUNT_DISTINCT a long; MEAN, VARIANCE, STD_DEV,
 * QUANTILE a double; SUM a long for INTEGER inputs (same scale) and a double for DOUBLE inputs;
 * MIN, MAX, FIRST, LAST as the input: long, double or text. Doubles are raw bits.
 */
public final class RowValues {
  private final boolean[] present;
  private final long[] bits;
  private final byte[][] text;
  private final boolean[] inWindow;
  private boolean empty;

  /** Scratch space of reading, so that it allocates nothing. */
  final RowReader reader = new RowReader();

  public RowValues(int columns) {
    present = new boolean[columns];
    bits = new long[columns];
    text = new byte[columns][];
    inWindow = new boolean[columns];
  }

  void clear() {
    Arrays.fill(present, false);
    Arrays.fill(text, null);
    Arrays.fill(inWindow, false);
    empty = true;
  }

  void setBits(int column, long value) {
    present[column] = true;
    bits[column] = value;
  }

  void setText(int column, byte[] utf8) {
    present[column] = true;
    text[column] = utf8;
  }

  void markNotEmpty(int column) {
    inWindow[column] = true;
    empty = false;
  }

  public int columns() {
    return bits.length;
  }

  /** Whether the column has a value; if not it is null. */
  public boolean isPresent(int column) {
    return present[column];
  }

  /**
   * Whether the column's window holds no contribution. A window that is not empty has a value, but
   * for a Sum beyond the range of a long.
   */
  public boolean isEmptyWindow(int column) {
    return !inWindow[column];
  }

  /** The value of a column that is not text. */
  public long bits(int column) {
    return bits[column];
  }

  /** The UTF-8 value of a text column; shared, do not change it. */
  public byte[] text(int column) {
    return text[column];
  }

  /** Whether no window of the entity holds a contribution: the row is a tombstone (§5). */
  public boolean isEmpty() {
    return empty;
  }
}
