package dev.millrace.spark.label;

import dev.millrace.binding.EventExpression;
import dev.millrace.binding.EventRecord;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.LabelDefinition;
import dev.millrace.spark.archive.SparkValues;
import java.util.ArrayList;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Appends the label's {@code value} to archived label events. An event whose value is null or fails
 * contributes nothing and gets null.
 */
final class LabelValues implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final String document;

  LabelValues(String document) {
    this.document = document;
  }

  /** Type of the label column. */
  static ColumnType type(LabelDefinition label) {
    return EventExpression.compile(label.schema(), label.value()).type();
  }

  /** The value of an anchor without a label event: {@code whenAbsent}, or null if that is empty. */
  static Object whenAbsent(LabelDefinition label) {
    if (label.whenAbsent().isEmpty()) {
      return null;
    }
    var constant = EventExpression.compile(label.schema(), label.whenAbsent());
    return value(constant, new EventRecord(label.schema()));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    LabelDefinition label = DocumentCodec.readExtract(document).label();
    EventSchema schema = label.schema();
    var expression = EventExpression.compile(schema, label.value());
    var event = new EventRecord(schema);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = rows.next();
        for (int i = 0; i < schema.fields().size(); i++) {
          SparkValues.set(event, i, schema.fields().get(i).type(), row.get(i));
        }
        event.ts = row.getLong(schema.fields().size());
        var cells = new ArrayList<Object>(row.size() + 1);
        for (int i = 0; i < row.size(); i++) {
          cells.add(row.get(i));
        }
        cells.add(value(expression, event));
        return RowFactory.create(cells.toArray());
      }
    };
  }

  private static Object value(EventExpression expression, EventRecord event) {
    if (!expression.evaluate(event)) {
      return null;
    }
    return expression.type().type() == FieldType.STRING
        ? SparkValues.ofText(expression.text())
        : SparkValues.ofBits(expression.type(), expression.bits());
  }
}
