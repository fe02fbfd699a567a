package dev.millrace.binding;

import java.util.Arrays;
import java.util.List;

/**
 * One row of one entity: values per {@link OutputColumn} (bits or UTF-8, see {@code FieldType}).
 * Equal rows are equal bit for bit.
 */
public final class FeatureRow {
  private final List<OutputColumn> columns;
  private final boolean[] present;
  private final long[] bits;
  private final byte[][] text;

  /** T of the row, epoch milliseconds. */
  public long asOf;

  /** Whether all windows are empty: the online store keeps a tombstone (semantics.md §5). */
  public boolean tombstone;

  public FeatureRow(List<OutputColumn> columns) {
    this.columns = List.copyOf(columns);
    present = new boolean[columns.size()];
    bits = new long[columns.size()];
    text = new byte[columns.size()][];
  }

  public List<OutputColumn> columns() {
    return columns;
  }

  public void clear() {
    Arrays.fill(present, false);
    Arrays.fill(text, null);
  }

  public boolean isNull(int column) {
    return !present[column];
  }

  public long bits(int column) {
    return bits[column];
  }

  public byte[] text(int column) {
    return text[column];
  }

  public void setBits(int column, long value) {
    present[column] = true;
    bits[column] = value;
  }

  public void setText(int column, byte[] utf8) {
    present[column] = true;
    text[column] = utf8;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof FeatureRow row) || row.asOf != asOf || row.tombstone != tombstone) {
      return false;
    }
    for (int i = 0; i < bits.length; i++) {
      if (present[i] != row.present[i]
          || present[i] && (bits[i] != row.bits[i] || !Arrays.equals(text[i], row.text[i]))) {
        return false;
      }
    }
    return bits.length == row.bits.length;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(asOf);
  }
}
