package dev.millrace.flink.type;

import dev.millrace.binding.FeatureRow;
import dev.millrace.binding.OutputColumn;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.FieldType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Key, T, then per column a presence byte and its bits or UTF-8. */
final class KeyedRowSerializer extends StreamSerializer<KeyedRow> {
  private static final long serialVersionUID = 1L;

  private final String[] names;
  private final FieldType[] types;
  private final int[] scales;
  private transient List<OutputColumn> columns;

  KeyedRowSerializer(List<OutputColumn> columns) {
    names = new String[columns.size()];
    types = new FieldType[columns.size()];
    scales = new int[columns.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = columns.get(i).name();
      types[i] = columns.get(i).type().type();
      scales[i] = columns.get(i).type().scale();
    }
  }

  @Override
  public void serialize(KeyedRow keyed, DataOutputView out) throws IOException {
    writeAscii(keyed.key, out);
    FeatureRow row = keyed.row;
    out.writeLong(row.asOf);
    out.writeBoolean(row.tombstone);
    for (int i = 0; i < types.length; i++) {
      boolean present = !row.isNull(i);
      out.writeBoolean(present);
      if (present && types[i] == FieldType.STRING) {
        writeBytes(row.text(i), out);
      } else if (present) {
        out.writeLong(row.bits(i));
      }
    }
  }

  @Override
  public KeyedRow deserialize(DataInputView in) throws IOException {
    var keyed = new KeyedRow(new FeatureRow(columns()));
    keyed.key = readAscii(in);
    FeatureRow row = keyed.row;
    row.asOf = in.readLong();
    row.tombstone = in.readBoolean();
    for (int i = 0; i < types.length; i++) {
      if (!in.readBoolean()) {
        continue;
      }
      if (types[i] == FieldType.STRING) {
        row.setText(i, readBytes(in));
      } else {
        row.setBits(i, in.readLong());
      }
    }
    return keyed;
  }

  private List<OutputColumn> columns() {
    if (columns == null) {
      var list = new ArrayList<OutputColumn>(names.length);
      for (int i = 0; i < names.length; i++) {
        list.add(new OutputColumn(names[i], new ColumnType(types[i], scales[i])));
      }
      columns = List.copyOf(list);
    }
    return columns;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyedRowSerializer that
        && Arrays.equals(that.names, names)
        && Arrays.equals(that.types, types)
        && Arrays.equals(that.scales, scales);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(names);
  }
}
