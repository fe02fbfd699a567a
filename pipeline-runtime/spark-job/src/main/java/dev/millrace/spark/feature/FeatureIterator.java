package dev.millrace.spark.feature;

import dev.millrace.binding.EntityProgram;
import dev.millrace.binding.EventRecord;
import dev.millrace.binding.FeatureRow;
import dev.millrace.binding.OutputColumn;
import dev.millrace.contract.FieldType;
import dev.millrace.kernel.EventInputs;
import dev.millrace.kernel.KeyState;
import dev.millrace.spark.archive.SparkValues;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Runs the kernel over one partition, sorted by (key, time, requests first). An event is fed once
 * the stream has passed its ts, so at a request for T exactly the events with ts &lt; T are in; the
 * kernel keeps those with {@code _visible_from} &gt; T back. A T asked for several times is
 * computed once.
 */
final class FeatureIterator implements Iterator<Row> {
  private final Iterator<Row> sorted;
  private final int keyParts;
  private final int requestColumns;

  private final EntityProgram program;
  private final EventColumns eventColumns;
  private final EventRecord event;
  private final EventInputs inputs;
  private final FeatureRow row;
  private final int[] selected;

  private final Object[] key;
  private KeyState state;
  private Object[] cells;
  private Row next;

  FeatureIterator(EntityPlan plan, int keyParts, int requestColumns, Iterator<Row> sorted) {
    this.sorted = sorted;
    this.requestColumns = requestColumns;
    this.keyParts = keyParts;
    key = new Object[keyParts];
    program = plan.compile();
    eventColumns = plan.eventColumns();
    event = new EventRecord(plan.pipeline().definition().schema());
    inputs = new EventInputs(program.layout());
    row = new FeatureRow(program.columns());
    selected = plan.selectedIndexes(program.columns());
  }

  @Override
  public boolean hasNext() {
    while (next == null && sorted.hasNext()) {
      accept(sorted.next());
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

  private void accept(Row in) {
    if (state == null || !isSameKey(in)) {
      for (int i = 0; i < keyParts; i++) {
        key[i] = in.get(i);
      }
      state = new KeyState(program.layout());
    }
    if (in.getInt(keyParts + 1) == FeatureStage.EVENT) {
      eventColumns.read(in.getStruct(keyParts + 2), event);
      program.evaluate(event, inputs);
      state.add(inputs);
    } else {
      next = answer(in.getStruct(keyParts + 3), in.getLong(keyParts));
    }
  }

  private boolean isSameKey(Row in) {
    for (int i = 0; i < keyParts; i++) {
      if (!Objects.equals(key[i], in.get(i))) {
        return false;
      }
    }
    return true;
  }

  private Row answer(Row request, long t) {
    if (hasNoKey()) {
      cells = new Object[selected.length];
    } else if (t != state.asOf()) {
      state.advance(t);
      program.read(state, row);
      cells = cells();
    }
    var values = new Object[requestColumns + selected.length];
    for (int i = 0; i < requestColumns; i++) {
      values[i] = request.get(i);
    }
    System.arraycopy(cells, 0, values, requestColumns, selected.length);
    return RowFactory.create(values);
  }

  private boolean hasNoKey() {
    for (Object part : key) {
      if (part == null) {
        return true;
      }
    }
    return false;
  }

  private Object[] cells() {
    List<OutputColumn> columns = row.columns();
    var values = new Object[selected.length];
    for (int i = 0; i < selected.length; i++) {
      int column = selected[i];
      if (!row.isNull(column)) {
        var type = columns.get(column).type();
        values[i] =
            type.type() == FieldType.STRING
                ? SparkValues.ofText(row.text(column))
                : SparkValues.ofBits(type, row.bits(column));
      }
    }
    return values;
  }
}
