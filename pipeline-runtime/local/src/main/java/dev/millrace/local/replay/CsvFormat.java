package dev.millrace.local.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.SchemaField;
import dev.millrace.local.LocalFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * CSV with a header to JSON objects: a column named as a field takes that field's type, an empty
 * cell is null, columns without a field are left out.
 */
final class CsvFormat implements LineFormat {
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
  private static final JsonFactory JSON = new JsonFactory();

  private final SchemaField[] fields;
  private final EventSchema schema;
  private final int keyColumn;
  private final int timeColumn;
  private final int eventTimeColumn;

  CsvFormat(Path file, String header, EventSchema schema, String key, String time) {
    List<String> columns = CsvLine.cells(header);
    this.schema = schema;
    fields = columns.stream().map(schema::field).toArray(SchemaField[]::new);
    keyColumn = key.isEmpty() ? -1 : column(file, columns, key);
    timeColumn = column(file, columns, time);
    eventTimeColumn = column(file, columns, schema.eventTimeField());
  }

  @Override
  public RecordedEvent parse(String topic, String line) {
    List<String> cells = CsvLine.cells(line);
    byte[] key =
        keyColumn < 0 || keyColumn >= cells.size()
            ? null
            : cells.get(keyColumn).getBytes(StandardCharsets.UTF_8);
    return new RecordedEvent(
        topic, key, json(cells), millis(cells, timeColumn), millis(cells, eventTimeColumn));
  }

  private long millis(List<String> cells, int column) {
    return column < cells.size()
        ? EventTimes.millis(cells.get(column), schema.eventTimeUnit())
        : EventTimes.UNREADABLE;
  }

  private byte[] json(List<String> cells) {
    var out = new ByteArrayOutputStream(160);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      for (int i = 0; i < Math.min(fields.length, cells.size()); i++) {
        if (fields[i] != null) {
          json.writeFieldName(fields[i].name());
          write(json, fields[i].type().type(), cells.get(i));
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array does not fail", e);
    }
    return out.toByteArray();
  }

  // What does not look like the field's type stays text: the job refuses it, and counts it.
  private static void write(JsonGenerator json, FieldType type, String cell) throws IOException {
    if (cell.isEmpty()) {
      json.writeNull();
    } else if (type == FieldType.BOOLEAN && (cell.equals("true") || cell.equals("false"))) {
      json.writeBoolean(cell.equals("true"));
    } else if (type != FieldType.STRING && NUMBER.matcher(cell).matches()) {
      json.writeNumber(cell);
    } else {
      json.writeString(cell);
    }
  }

  private static int column(Path file, List<String> columns, String name) {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new LocalFailure(
          file + " has no column " + name + "; its columns are " + String.join(", ", columns));
    }
    return index;
  }
}
