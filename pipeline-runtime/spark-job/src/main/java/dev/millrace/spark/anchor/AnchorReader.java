package dev.millrace.spark.anchor;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.millrace.binding.EventExpression;
import dev.millrace.binding.EventRecord;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.SchemaField;
import dev.millrace.spark.archive.ArchiveReader;
import dev.millrace.spark.archive.ArchiveSchema;
import dev.millrace.spark.archive.DayRange;
import dev.millrace.spark.archive.SparkValues;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** The anchors of an extract: accepted events that pass {@code anchor.where} (semantics.md §7). */
public final class AnchorReader {
  private AnchorReader() {}

  /** Anchors with historyFrom ≤ t0 &lt; asOf, in the columns of {@link AnchorColumns}. */
  public static Dataset<Row> read(
      ExtractDocument document, ArchiveReader archive, long asOfMillis) {
    long from = document.historyFromMillis();
    Dataset<Row> events =
        archive
            .events(new DayRange(from, asOfMillis))
            .filter(col(OfflineLayout.TS).geq(from).and(col(OfflineLayout.TS).lt(asOfMillis)));
    EventSchema schema = document.anchor().definition().schema();
    if (!document.anchorWhere().isEmpty()) {
      events =
          events.mapPartitions(
              new Where(DocumentCodec.write(document)), Encoders.row(ArchiveSchema.events(schema)));
    }
    var columns = new ArrayList<Column>();
    columns.add(col(schema.eventId()).as(AnchorColumns.ID));
    columns.add(col(OfflineLayout.TS).as(AnchorColumns.TIME));
    columns.add(col(OfflineLayout.PARTITION).as(AnchorColumns.PARTITION));
    columns.add(col(OfflineLayout.OFFSET).as(AnchorColumns.OFFSET));
    columns.add(nullFields(schema).as(AnchorColumns.NULL_FIELDS));
    for (String field : AnchorColumns.fields(document)) {
      columns.add(col(field).as(AnchorColumns.fieldName(field)));
    }
    return events.select(columns.toArray(Column[]::new));
  }

  private static Column nullFields(EventSchema schema) {
    var positions = new ArrayList<Column>();
    for (int i = 0; i < schema.fields().size(); i++) {
      SchemaField field = schema.fields().get(i);
      if (field.nullable()) {
        positions.add(when(col(field.name()).isNull(), lit(i)));
      }
    }
    return array_compact(array(positions.toArray(Column[]::new)).cast("array<int>"));
  }

  /** Keeps the events for which {@code anchor.where} is true; null and errors are false. */
  private static final class Where implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final String document;

    Where(String document) {
      this.document = document;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      ExtractDocument extract = DocumentCodec.readExtract(document);
      EventSchema schema = extract.anchor().definition().schema();
      var where = EventExpression.compile(schema, extract.anchorWhere());
      return new Filtered(rows, schema, where);
    }
  }

  private static final class Filtered implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final EventSchema schema;
    private final EventExpression where;
    private final EventRecord event;
    private Row next;

    Filtered(Iterator<Row> rows, EventSchema schema, EventExpression where) {
      this.rows = rows;
      this.schema = schema;
      this.where = where;
      event = new EventRecord(schema);
    }

    @Override
    public boolean hasNext() {
      while (next == null && rows.hasNext()) {
        Row row = rows.next();
        if (passes(row)) {
          next = row;
        }
      }
      return next != null;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row result = next;
      next = null;
      return result;
    }

    private boolean passes(Row row) {
      for (int i = 0; i < schema.fields().size(); i++) {
        SchemaField field = schema.fields().get(i);
        SparkValues.set(event, i, field.type(), row.get(i));
      }
      event.ts = row.getLong(schema.fields().size());
      return where.evaluate(event) && where.bits() != 0;
    }
  }
}
