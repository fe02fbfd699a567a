package dev.millrace.spark.feature;

import dev.millrace.binding.EventRecord;
import dev.millrace.binding.FeatureRow;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.FieldType;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/** Values between the binding's form (bits or UTF-8, {@code FieldType}) and Spark's own rows. */
final class InternalValues {
  private static final int DECIMAL_DIGITS = 18;

  private InternalValues() {}

  /** Sets a field of an event from a column, null included. */
  static void set(EventRecord event, int field, ColumnType type, InternalRow row, int column) {
    if (row.isNullAt(column)) {
      event.setNull(field);
    } else if (type.type() == FieldType.STRING) {
      byte[] utf8 = row.getUTF8String(column).getBytes();
      event.setText(field, utf8, 0, utf8.length);
    } else {
      event.setBits(field, bits(type, row, column));
    }
  }

  private static long bits(ColumnType type, InternalRow row, int column) {
    return switch (type.type()) {
      case LONG -> row.getLong(column);
      case DOUBLE -> Double.doubleToRawLongBits(row.getDouble(column));
      case BOOLEAN -> row.getBoolean(column) ? 1 : 0;
      case DECIMAL -> row.getDecimal(column, DECIMAL_DIGITS, type.scale()).toUnscaledLong();
      case TIMESTAMP -> Math.floorDiv(row.getLong(column), TimeUnit.MILLISECONDS.toMicros(1));
      case STRING -> throw new IllegalArgumentException("a String has no bits");
    };
  }

  /** A column of a feature row as Spark holds it; null for null. */
  static Object of(ColumnType type, FeatureRow row, int column) {
    if (row.isNull(column)) {
      return null;
    }
    return switch (type.type()) {
      case LONG -> row.bits(column);
      case DOUBLE -> Double.longBitsToDouble(row.bits(column));
      case BOOLEAN -> row.bits(column) != 0;
      case DECIMAL -> Decimal.createUnsafe(row.bits(column), DECIMAL_DIGITS, type.scale());
      case TIMESTAMP -> TimeUnit.MILLISECONDS.toMicros(row.bits(column));
      case STRING -> UTF8String.fromBytes(row.text(column));
    };
  }
}
