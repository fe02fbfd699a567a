package dev.millrace.binding;

import dev.millrace.contract.FieldType;
import java.util.Arrays;
import java.util.List;

/**
 * One row of one entity: values per {@link OutputColumn} (bits or UTF-8, see {@code FieldType}).
 * Equal rows are equal bit for bit.
 */
public final class FeatureRow implements Values {
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

  @Override
  public boolean isNull(int column) {
    return !present[column];
  }

  @Override
  public long bits(int column) {
    return bits[column];
  }

  @Override
  public byte[] text(int column) {
    return text[column];
  }

  /** Texts fill their arrays: always 0. */
  @Override
  public int textFrom(int column) {
    return 0;
  }

  @Override
  public int textLength(int column) {
    return text[column].length;
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
    if (row.bits.length != bits.length) {
      return false;
    }
    for (int i = 0; i < bits.length; i++) {
      if (present[i] != row.present[i] || present[i] && !sameValue(row, i)) {
        return false;
      }
    }
    return true;
  }

  private boolean sameValue(FeatureRow row, int column) {
    return columns.get(column).type().type() == FieldType.STRING
        ? Arrays.equals(text[column], row.text[column])
        : bits[column] == row.bits[column];
  }

  @Override
  public int hashCode() {
    return Long.hashCode(asOf);
  }
}
