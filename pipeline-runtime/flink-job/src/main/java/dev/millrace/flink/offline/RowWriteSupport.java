package dev.millrace.flink.offline;

import static dev.millrace.flink.offline.ParquetValues.writeBits;
import static dev.millrace.flink.offline.ParquetValues.writeText;

import dev.millrace.binding.FeatureRow;
import dev.millrace.binding.OutputColumn;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EntityKey;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.flink.type.KeyedRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** A row of {@code features/} (semantics.md §6): key columns, {@code _asof}, feature columns. */
final class RowWriteSupport extends WriteSupport<KeyedRow> {
  private final List<OutputColumn> columns;
  private final String[] keyNames;
  private final FieldType[] keyTypes;
  private final MessageType message;
  private RecordConsumer out;

  RowWriteSupport(Definition definition, Entity entity, List<OutputColumn> columns) {
    this.columns = columns;
    keyNames = entity.keys().toArray(String[]::new);
    keyTypes = new FieldType[keyNames.length];
    var types = new ArrayList<Type>();
    for (int i = 0; i < keyNames.length; i++) {
      var type = definition.schema().field(keyNames[i]).type();
      keyTypes[i] = type.type();
      types.add(ParquetValues.column(keyNames[i], type));
    }
    types.add(ParquetValues.number(OfflineLayout.AS_OF));
    columns.forEach(column -> types.add(ParquetValues.column(column.name(), column.type())));
    message = new MessageType("row", types);
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(message, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    out = recordConsumer;
  }

  @Override
  public void write(KeyedRow keyed) {
    out.startMessage();
    writeKey(keyed.key);
    FeatureRow row = keyed.row;
    int next = keyNames.length;
    writeBits(out, OfflineLayout.AS_OF, next++, FieldType.LONG, row.asOf);
    for (int i = 0; i < columns.size(); i++, next++) {
      if (row.isNull(i)) {
        continue;
      }
      OutputColumn column = columns.get(i);
      if (column.type().type() == FieldType.STRING) {
        byte[] utf8 = row.text(i);
        writeText(out, column.name(), next, utf8, 0, utf8.length);
      } else {
        writeBits(out, column.name(), next, column.type().type(), row.bits(i));
      }
    }
    out.endMessage();
  }

  private void writeKey(String key) {
    List<String> parts = EntityKey.parts(key);
    for (int i = 0; i < keyNames.length; i++) {
      String part = parts.get(i);
      if (keyTypes[i] == FieldType.STRING) {
        byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
        writeText(out, keyNames[i], i, utf8, 0, utf8.length);
      } else {
        writeBits(out, keyNames[i], i, keyTypes[i], bits(keyTypes[i], part));
      }
    }
  }

  private static long bits(FieldType type, String part) {
    if (type == FieldType.BOOLEAN) {
      return part.equals("true") ? 1 : 0;
    }
    return Long.parseLong(part);
  }
}
