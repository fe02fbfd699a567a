package dev.millrace.spark.feature;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import dev.millrace.binding.EventRecord;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.Feature;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.spark.archive.SparkValues;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * The fields of an event that one entity's features use, projected before the shuffle and read back
 * behind it. A field counts as used when its name occurs in an expression: one too many costs
 * bytes, never a value.
 */
final class EventColumns {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final List<Integer> fields = new ArrayList<>();
  private final EventSchema schema;

  EventColumns(Definition definition, Entity entity) {
    schema = definition.schema();
    var used = new TreeSet<String>(entity.keys());
    used.add(schema.eventId());
    for (Feature feature : entity.features()) {
      addNames(feature.value(), used);
      addNames(feature.where(), used);
    }
    for (int i = 0; i < schema.fields().size(); i++) {
      if (used.contains(schema.fields().get(i).name())) {
        fields.add(i);
      }
    }
  }

  private static void addNames(String expression, TreeSet<String> into) {
    Matcher matcher = NAME.matcher(expression);
    while (matcher.find()) {
      into.add(matcher.group());
    }
  }

  /** One struct with event time, visibility and the used fields, Strings as their bytes. */
  Column packed() {
    var columns = new ArrayList<Column>();
    columns.add(col(OfflineLayout.TS));
    columns.add(col(OfflineLayout.VISIBLE_FROM));
    for (int field : fields) {
      String name = schema.fields().get(field).name();
      Column column = col(name);
      columns.add(
          schema.fields().get(field).type().type() == FieldType.STRING
              ? column.cast("binary").as(name)
              : column);
    }
    return struct(columns.toArray(Column[]::new));
  }

  /** Reads a struct that {@link #packed} made. */
  void read(Row packed, EventRecord into) {
    into.clear();
    into.ts = packed.getLong(0);
    into.visibleFrom = packed.getLong(1);
    for (int i = 0; i < fields.size(); i++) {
      int field = fields.get(i);
      ColumnType type = schema.fields().get(field).type();
      SparkValues.set(into, field, type, packed.get(2 + i));
    }
  }
}
