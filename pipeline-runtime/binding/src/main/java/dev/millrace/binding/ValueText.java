package dev.millrace.binding;

import dev.millrace.contract.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Text of values as Redis and people see it: Long and Timestamp (milliseconds) as numbers, Decimal
 * with exactly its scale, Double as {@link Double#toString}, Boolean as true or false. One to one,
 * so that a row read back from the online store is compared bit for bit.
 */
public final class ValueText {
  private ValueText() {}

  /** Appends the text of a value that is not String. */
  public static void append(StringBuilder out, ColumnType type, long bits) {
    switch (type.type()) {
      case LONG, TIMESTAMP -> out.append(bits);
      case BOOLEAN -> out.append(bits != 0);
      case DOUBLE -> out.append(Double.longBitsToDouble(bits));
      case DECIMAL -> appendDecimal(out, bits, type.scale());
      case STRING -> throw new IllegalArgumentException("a String has no bits");
    }
  }

  private static void appendDecimal(StringBuilder out, long unscaled, int scale) {
    if (unscaled < 0) {
      out.append('-');
    }
    int start = out.length();
    out.append(unscaled);
    if (unscaled < 0) {
      out.deleteCharAt(start);
    }
    if (scale > 0) {
      while (out.length() - start <= scale) {
        out.insert(start, '0');
      }
      out.insert(out.length() - scale, '.');
    }
  }

  /**
   * Bits of a text that {@link #append} wrote; also of shorter forms that people write, such as
   * {@code 0} for a Decimal or a Double.
   *
   * @throws NumberFormatException if the text is no value of the type
   */
  public static long parse(ColumnType type, String text) {
    return switch (type.type()) {
      case LONG, TIMESTAMP -> Long.parseLong(text);
      case BOOLEAN -> parseBoolean(text);
      case DOUBLE -> Double.doubleToRawLongBits(Double.parseDouble(text));
      case DECIMAL -> parseDecimal(text, type.scale());
      case STRING -> throw new IllegalArgumentException("a String has no bits");
    };
  }

  private static long parseBoolean(String text) {
    return switch (text) {
      case "true" -> 1;
      case "false" -> 0;
      default -> throw new NumberFormatException(text + " is neither true nor false");
    };
  }

  private static long parseDecimal(String text, int scale) {
    var number = new BigDecimal(text);
    // Looked at before the scale is set: 1e999999999 would be written out in full.
    if ((long) number.precision() - number.scale() > 19 || number.scale() > 1_000) {
      throw new NumberFormatException(text + " is too long for a Decimal(" + scale + ")");
    }
    try {
      return number.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
    } catch (ArithmeticException e) {
      var failure = new NumberFormatException(text + " is not a Decimal(" + scale + ")");
      failure.initCause(e);
      throw failure;
    }
  }
}
