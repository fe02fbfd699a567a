package dev.millrace.flink.offline;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.FieldType;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** How our types lie in Parquet: all columns OPTIONAL, one primitive each. */
final class ParquetValues {
  private ParquetValues() {}

  static Type column(String name, ColumnType type) {
    return switch (type.type()) {
      case STRING -> text(name);
      case LONG -> number(name);
      case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
      case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
      case DECIMAL ->
          Types.optional(PrimitiveTypeName.INT64)
              .as(LogicalTypeAnnotation.decimalType(type.scale(), 18))
              .named(name);
      case TIMESTAMP ->
          Types.optional(PrimitiveTypeName.INT64)
              .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS))
              .named(name);
    };
  }

  static Type text(String name) {
    return Types.optional(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }

  static Type number(String name) {
    return Types.optional(PrimitiveTypeName.INT64).named(name);
  }

  static Type smallNumber(String name) {
    return Types.optional(PrimitiveTypeName.INT32).named(name);
  }

  /** Writes a value that is not text. */
  static void writeBits(RecordConsumer out, String name, int index, FieldType type, long bits) {
    out.startField(name, index);
    switch (type) {
      case DOUBLE -> out.addDouble(Double.longBitsToDouble(bits));
      case BOOLEAN -> out.addBoolean(bits != 0);
      case LONG, DECIMAL, TIMESTAMP -> out.addLong(bits);
      case STRING -> throw new IllegalArgumentException(name + " is text");
    }
    out.endField(name, index);
  }

  static void writeText(
      RecordConsumer out, String name, int index, byte[] utf8, int from, int length) {
    out.startField(name, index);
    out.addBinary(Binary.fromReusedByteArray(utf8, from, length));
    out.endField(name, index);
  }

  static void writeSmallNumber(RecordConsumer out, String name, int index, int value) {
    out.startField(name, index);
    out.addInteger(value);
    out.endField(name, index);
  }
}
