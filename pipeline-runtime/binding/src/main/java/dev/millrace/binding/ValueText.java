package dev.millrace.binding;

import dev.millrace.contract.ColumnType;

/**
 * Text of values as Redis and people see it: Long and Timestamp (milliseconds) as numbers, Decimal
 * with exactly its scale, Double as {@link Double#toString}, Boolean as true or false. One to one,
 * so that a row read back from the online store is compared bit for bit.
 */
public final class ValueText {
  private ValueText() {}

  /** Appends the text of a value that is not String. */
  public static void append(StringBuilder out, ColumnType type, long bits) {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * Bits of a text that {@link #append} wrote.
   *
   * @throws NumberFormatException if it did not
   */
  public static long parse(ColumnType type, String text) {
    throw new UnsupportedOperationException("skeleton");
  }
}
