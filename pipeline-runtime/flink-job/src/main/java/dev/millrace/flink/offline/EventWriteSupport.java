package dev.millrace.flink.offline;

import static dev.millrace.flink.offline.ParquetValues.number;
import static dev.millrace.flink.offline.ParquetValues.smallNumber;
import static dev.millrace.flink.offline.ParquetValues.text;
import static dev.millrace.flink.offline.ParquetValues.writeBits;
import static dev.millrace.flink.offline.ParquetValues.writeSmallNumber;
import static dev.millrace.flink.offline.ParquetValues.writeText;

import dev.millrace.binding.EventRecord;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.SchemaField;
import dev.millrace.flink.type.KeyedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** A row of {@code events/} (semantics.md §6): the schema's fields, then where the event was. */
final class EventWriteSupport extends WriteSupport<KeyedEvent> {
  private final EventSchema schema;
  private final String[] names;
  private final FieldType[] types;
  private final int id;
  private RecordConsumer out;

  EventWriteSupport(EventSchema schema) {
    this.schema = schema;
    List<SchemaField> fields = schema.fields();
    names = new String[fields.size()];
    types = new FieldType[fields.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = fields.get(i).name();
      types[i] = fields.get(i).type().type();
    }
    id = schema.indexOf(schema.eventId());
  }

  static MessageType message(EventSchema schema) {
    var columns = new ArrayList<Type>();
    for (SchemaField field : schema.fields()) {
      columns.add(ParquetValues.column(field.name(), field.type()));
    }
    columns.add(number(OfflineLayout.TS));
    columns.add(number(OfflineLayout.ARRIVAL));
    columns.add(text(OfflineLayout.EVENT_ID));
    columns.add(smallNumber(OfflineLayout.PARTITION));
    columns.add(number(OfflineLayout.OFFSET));
    columns.add(number(OfflineLayout.VISIBLE_FROM));
    return new MessageType("event", columns);
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(message(schema), Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    out = recordConsumer;
  }

  @Override
  public void write(KeyedEvent keyed) {
    EventRecord event = keyed.event;
    out.startMessage();
    for (int i = 0; i < names.length; i++) {
      if (event.isNull(i)) {
        continue;
      }
      if (types[i] == FieldType.STRING) {
        writeText(out, names[i], i, event.text(i), event.textFrom(i), event.textLength(i));
      } else {
        writeBits(out, names[i], i, types[i], event.bits(i));
      }
    }
    int next = names.length;
    writeBits(out, OfflineLayout.TS, next++, FieldType.LONG, event.ts);
    writeBits(out, OfflineLayout.ARRIVAL, next++, FieldType.LONG, event.arrival);
    writeId(event, next++);
    writeSmallNumber(out, OfflineLayout.PARTITION, next++, event.partition);
    writeBits(out, OfflineLayout.OFFSET, next++, FieldType.LONG, event.offset);
    writeBits(out, OfflineLayout.VISIBLE_FROM, next, FieldType.LONG, event.visibleFrom);
    out.endMessage();
  }

  private void writeId(EventRecord event, int index) {
    if (types[id] == FieldType.STRING) {
      int from = event.textFrom(id);
      writeText(out, OfflineLayout.EVENT_ID, index, event.text(id), from, event.textLength(id));
    } else {
      byte[] text = Long.toString(event.bits(id)).getBytes(StandardCharsets.US_ASCII);
      writeText(out, OfflineLayout.EVENT_ID, index, text, 0, text.length);
    }
  }
}
