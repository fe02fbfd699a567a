package dev.millrace.binding;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.SchemaField;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names an expression may use, in the order of the {@link Values} it is evaluated over. */
final class Variables {
  private final List<String> names;
  private final List<ColumnType> types;
  private final Map<String, Integer> positions = new LinkedHashMap<>();

  private Variables(List<String> names, List<ColumnType> types) {
    this.names = names;
    this.types = types;
    for (int i = 0; i < names.size(); i++) {
      positions.put(names.get(i), i);
    }
  }

  static Variables of(EventSchema schema) {
    return new Variables(
        schema.fields().stream().map(SchemaField::name).toList(),
        schema.fields().stream().map(SchemaField::type).toList());
  }

  static Variables of(List<OutputColumn> columns) {
    return new Variables(
        columns.stream().map(OutputColumn::name).toList(),
        columns.stream().map(OutputColumn::type).toList());
  }

  static Variables of(Map<String, ColumnType> types) {
    return new Variables(List.copyOf(types.keySet()), List.copyOf(types.values()));
  }

  List<String> names() {
    return names;
  }

  ColumnType type(int index) {
    return types.get(index);
  }

  /** Position of a name, or −1. */
  int indexOf(String name) {
    Integer position = positions.get(name);
    return position == null ? -1 : position;
  }

  /** A value that is not null, as CEL sees it (api.md, "Types in expressions"). */
  Object celValue(Values values, int index) {
    long bits = values.bits(index);
    ColumnType type = types.get(index);
    return switch (type.type()) {
      case STRING ->
          Utf8.string(values.text(index), values.textFrom(index), values.textLength(index));
      case LONG -> bits;
      case DOUBLE -> Double.longBitsToDouble(bits);
      case BOOLEAN -> bits != 0;
      case DECIMAL -> Decimals.toDouble(bits, type.scale());
      case TIMESTAMP -> Instant.ofEpochMilli(bits);
    };
  }
}
