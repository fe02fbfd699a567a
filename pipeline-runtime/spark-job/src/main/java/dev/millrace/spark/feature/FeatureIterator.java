package dev.millrace.spark.feature;

import dev.millrace.binding.EntityProgram;
import dev.millrace.binding.EventRecord;
import dev.millrace.binding.FeatureRow;
import dev.millrace.kernel.EventInputs;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.types.StructType;

/**
 * Runs the kernel over one partition: events and requests, each sorted by {@link KeyTimeOrder}. A
 * request is answered before the events of its instant and after those before it, so at T exactly
 * the events with ts &lt; T are in; the kernel keeps those with {@code _visible_from} &gt; T back.
 * A T asked for several times is computed once. The row returned is valid until the next call.
 */
final class FeatureIterator implements Iterator<InternalRow> {
  private final Iterator<InternalRow> requests;
  private final Iterator<InternalRow> events;
  private final int requestColumns;
  private final int eventColumnCount;
  private final int keyParts;

  private final EntityProgram program;
  private final EventColumns eventColumns;
  private final EventRecord event;
  private final EventInputs inputs;
  private final FeatureRow row;
  private final int[] selected;
  private final InternalRow nothing;
  private final KeyedStates states;
  private final JoinedRow joined = new JoinedRow();

  /** Event that no request has been behind yet; null at the end. */
  private InternalRow nextEvent;

  FeatureIterator(
      EntityPlan plan,
      StructType keyTypes,
      int requestColumns,
      Iterator<InternalRow> requests,
      Iterator<InternalRow> events) {
    this.requests = requests;
    this.events = events;
    this.requestColumns = requestColumns;
    keyParts = keyTypes.size();
    program = plan.compile();
    eventColumns = plan.eventColumns();
    eventColumnCount = eventColumns.size();
    event = new EventRecord(plan.pipeline().definition().schema());
    inputs = new EventInputs(program.layout());
    row = new FeatureRow(program.columns());
    selected = plan.selectedIndexes(program.columns());
    nothing = new GenericInternalRow(selected.length);
    states = new KeyedStates(program.layout(), keyTypes);
    nextEvent = events.hasNext() ? events.next() : null;
  }

  @Override
  public boolean hasNext() {
    return requests.hasNext();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    InternalRow request = requests.next();
    long order = request.getLong(requestColumns);
    while (nextEvent != null && nextEvent.getLong(eventColumnCount) < order) {
      add(nextEvent);
      nextEvent = events.hasNext() ? events.next() : null;
    }
    return joined.apply(request, answer(request, order));
  }

  private void add(InternalRow in) {
    eventColumns.read(in, event);
    event.ts = in.getLong(eventColumnCount + 1);
    program.evaluate(event, inputs);
    states.of(in.getLong(eventColumnCount), in, eventColumnCount + 2).state.add(inputs);
  }

  private InternalRow answer(InternalRow request, long order) {
    for (int i = 0; i < keyParts; i++) {
      if (request.isNullAt(requestColumns + 2 + i)) {
        return nothing;
      }
    }
    var keyed = states.of(order, request, requestColumns + 2);
    long t = request.getLong(requestColumns + 1);
    if (keyed.answer == null || t != keyed.state.asOf()) {
      keyed.state.advance(t);
      program.read(keyed.state, row);
      keyed.answer = cells();
    }
    return keyed.answer;
  }

  private InternalRow cells() {
    var values = new Object[selected.length];
    for (int i = 0; i < selected.length; i++) {
      int column = selected[i];
      values[i] = InternalValues.of(row.columns().get(column).type(), row, column);
    }
    return new GenericInternalRow(values);
  }
}
