package dev.millrace.binding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.EventTimeUnit;
import dev.millrace.contract.SchemaField;
import dev.millrace.contract.SourceFormat;
import java.util.List;

/** Schemas and records for tests. */
final class Schemas {
  static final SchemaField ID = field("id", ColumnType.STRING);
  static final SchemaField TS = field("ts", ColumnType.TIMESTAMP);

  private Schemas() {}

  static SchemaField field(String name, ColumnType type) {
    return new SchemaField(name, type, true, "");
  }

  static SchemaField field(String name, ColumnType type, String path) {
    return new SchemaField(name, type, true, path);
  }

  static SchemaField required(String name, ColumnType type) {
    return new SchemaField(name, type, false, "");
  }

  /** A schema with the given fields before {@code id} and {@code ts}. */
  static EventSchema with(SchemaField... fields) {
    return withTime(TS, EventTimeUnit.MILLIS, fields);
  }

  static EventSchema withTime(SchemaField time, EventTimeUnit unit, SchemaField... fields) {
    var all = new java.util.ArrayList<>(List.of(fields));
    all.add(ID);
    all.add(time);
    return new EventSchema(SourceFormat.JSON, all, "id", time.name(), unit, 10_000, 300_000);
  }

  /** A field of every type, named by it. */
  static EventSchema everyType() {
    return with(
        field("s", ColumnType.STRING),
        field("l", ColumnType.LONG),
        field("d", ColumnType.DOUBLE),
        field("b", ColumnType.BOOLEAN),
        field("m", ColumnType.decimal(2)),
        field("t", ColumnType.TIMESTAMP));
  }

  /** The record a JSON text decodes to. */
  static EventRecord decoded(EventSchema schema, String json) {
    var record = new EventRecord(schema);
    assertThat(new JsonRecordDecoder(schema).decode(json.getBytes(UTF_8), record)).isNull();
    return record;
  }
}
