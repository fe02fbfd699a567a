package dev.millrace.spark.feature;

import static org.apache.spark.sql.functions.col;

import dev.millrace.binding.EventRecord;
import dev.millrace.contract.Aggregation;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.Feature;
import dev.millrace.contract.OfflineLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The fields of an event that one entity's features use, projected before the shuffle and read back
 * behind it. A field counts as used when its name occurs in an expression: one too many costs
 * bytes, never a value.
 */
final class EventColumns {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Of events of one instant the id decides which is the first (semantics.md §3). */
  private static final Set<Aggregation> ORDERED = EnumSet.of(Aggregation.FIRST, Aggregation.LAST);

  private final List<Integer> fields = new ArrayList<>();
  private final EventSchema schema;

  EventColumns(Definition definition, Entity entity) {
    schema = definition.schema();
    var used = new TreeSet<String>();
    for (Feature feature : entity.features()) {
      if (ORDERED.contains(feature.aggregation())) {
        used.add(schema.eventId());
      }
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

  /** How many {@link #columns} there are. */
  int size() {
    return fields.size() + 1;
  }

  /** The used fields, then visibility. */
  List<Column> columns() {
    var columns = new ArrayList<Column>();
    fields.forEach(field -> columns.add(col(schema.fields().get(field).name())));
    columns.add(col(OfflineLayout.VISIBLE_FROM));
    return columns;
  }

  /** Reads the columns that {@link #columns} put first, but for the event's time. */
  void read(InternalRow row, EventRecord into) {
    into.clear();
    for (int i = 0; i < fields.size(); i++) {
      int field = fields.get(i);
      InternalValues.set(into, field, schema.fields().get(field).type(), row, i);
    }
    into.visibleFrom = row.getLong(fields.size());
  }
}
