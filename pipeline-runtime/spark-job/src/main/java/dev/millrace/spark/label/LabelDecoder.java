package dev.millrace.spark.label;

import dev.millrace.binding.EventRecord;
import dev.millrace.binding.JsonRecordDecoder;
import dev.millrace.binding.RecordDecoder;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.FieldType;
import dev.millrace.spark.archive.SparkValues;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Kafka records (value, partition, offset, arrival in milliseconds) to rows of {@link
 * LabelColumns}. A record that does not decode, or lies further ahead of its arrival than the
 * schema's skew allows, is kept with its reason and counts as no label.
 */
final class LabelDecoder implements MapPartitionsFunction<Row, Row> {
  /** Rejection of a label event from the future (semantics.md §2). */
  static final String FROM_FUTURE = "FROM_FUTURE";

  private static final long serialVersionUID = 1L;

  private final String document;

  /**
   * @param document text of the extract document
   */
  LabelDecoder(String document) {
    this.document = document;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> records) {
    EventSchema schema = DocumentCodec.readExtract(document).label().schema();
    RecordDecoder decoder = decoder(schema);
    var event = new EventRecord(schema);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public Row next() {
        return row(schema, decoder, event, records.next());
      }
    };
  }

  private static RecordDecoder decoder(EventSchema schema) {
    return switch (schema.format()) {
      case JSON -> new JsonRecordDecoder(schema);
      case AVRO, PROTOBUF ->
          throw new dev.millrace.contract.MillraceFailure(
              dev.millrace.contract.Reason.DEFINITION_REFUSED,
              "label format " + schema.format() + " is not built yet; use Json");
    };
  }

  private static Row row(EventSchema schema, RecordDecoder decoder, EventRecord event, Row record) {
    byte[] value = record.isNullAt(0) ? null : (byte[]) record.get(0);
    long arrival = record.getLong(3);
    event.clear();
    var undecodable = decoder.decode(value, event);
    String rejected = undecodable == null ? null : undecodable.name();
    if (rejected == null && event.ts > arrival + schema.maxFutureSkewMillis()) {
      rejected = FROM_FUTURE;
    }
    int fields = schema.fields().size();
    var cells = new Object[fields + 6];
    if (rejected == null) {
      for (int i = 0; i < fields; i++) {
        cells[i] = value(schema, event, i);
      }
      cells[fields] = event.ts;
    }
    cells[fields + 1] = arrival;
    cells[fields + 2] = record.getInt(1);
    cells[fields + 3] = record.getLong(2);
    cells[fields + 4] = rejected;
    cells[fields + 5] = rejected == null ? null : value;
    return RowFactory.create(cells);
  }

  private static Object value(EventSchema schema, EventRecord event, int field) {
    if (event.isNull(field)) {
      return null;
    }
    var type = schema.fields().get(field).type();
    return type.type() == FieldType.STRING
        ? event.string(field)
        : SparkValues.ofBits(type, event.bits(field));
  }
}
