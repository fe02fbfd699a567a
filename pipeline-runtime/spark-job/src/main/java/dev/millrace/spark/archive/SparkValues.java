package dev.millrace.spark.archive;

import dev.millrace.binding.EventRecord;
import dev.millrace.binding.ValueText;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Values between the binding's form (bits or UTF-8, {@code FieldType}) and the objects of Spark's
 * rows. Boxing happens here and only here: Spark's public row interface has no other way.
 */
public final class SparkValues {
  private SparkValues() {}

  /** The object of a value that is not String. */
  public static Object ofBits(ColumnType type, long bits) {
    return switch (type.type()) {
      case LONG -> bits;
      case DOUBLE -> Double.longBitsToDouble(bits);
      case BOOLEAN -> bits != 0;
      case DECIMAL -> new BigDecimal(BigInteger.valueOf(bits), type.scale());
      case TIMESTAMP -> Instant.ofEpochMilli(bits);
      case STRING -> throw new IllegalArgumentException("a String has no bits");
    };
  }

  /** The object of a String value. */
  public static Object ofText(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** Bits of an object of a row; the inverse of {@link #ofBits}. */
  public static long bits(ColumnType type, Object value) {
    return switch (type.type()) {
      case LONG -> (Long) value;
      case DOUBLE -> Double.doubleToRawLongBits((Double) value);
      case BOOLEAN -> (Boolean) value ? 1 : 0;
      case DECIMAL -> ((BigDecimal) value).setScale(type.scale()).unscaledValue().longValueExact();
      case TIMESTAMP -> ((Instant) value).toEpochMilli();
      case STRING -> throw new IllegalArgumentException("a String has no bits");
    };
  }

  /** Sets a field of an event from an object of a row, null included. */
  public static void set(EventRecord event, int field, ColumnType type, Object value) {
    if (value == null) {
      event.setNull(field);
    } else if (type.type() == FieldType.STRING) {
      byte[] utf8 =
          value instanceof byte[] bytes ? bytes : ((String) value).getBytes(StandardCharsets.UTF_8);
      event.setText(field, utf8, 0, utf8.length);
    } else {
      event.setBits(field, bits(type, value));
    }
  }

  /** Text of an object of a row as the online store writes it, or null for null. */
  public static String text(ColumnType type, Object value) {
    if (value == null) {
      return null;
    }
    if (type.type() == FieldType.STRING) {
      return (String) value;
    }
    var out = new StringBuilder();
    ValueText.append(out, type, bits(type, value));
    return out.toString();
  }
}
