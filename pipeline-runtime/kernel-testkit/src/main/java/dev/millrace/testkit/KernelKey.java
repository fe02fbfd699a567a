package dev.millrace.testkit;

import dev.millrace.kernel.EntityLayout;
import dev.millrace.kernel.EventInputs;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.KeyState;
import dev.millrace.kernel.RowValues;
import dev.millrace.kernel.WindowColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The kernel's key state, driven by the oracle's events and read as the oracle's values. */
public final class KernelKey {
  private static final int MARGIN = 3;

  private final EntityLayout layout;
  private final List<InputType> inputs;
  private final List<WindowColumn> columns;
  private final EventInputs reused;
  private final RowValues row;
  private final List<byte[]> lent = new ArrayList<>();
  private KeyState state;

  public KernelKey(
      long slideMillis, long idHorizonMillis, List<InputType> inputs, List<WindowColumn> columns) {
    this.layout = new EntityLayout(slideMillis, idHorizonMillis, inputs, columns);
    this.inputs = inputs;
    this.columns = columns;
    this.reused = new EventInputs(layout);
    this.row = new RowValues(columns.size());
    this.state = new KeyState(layout);
  }

  public KeyState state() {
    return state;
  }

  /** Goes on with what a flush wrote. */
  public void restore(byte[] head, MapBodyStore body) {
    state = KeyState.restore(layout, head, body);
  }

  /**
   * Judges a copy and adds the event if it is none.
   *
   * @return whether the event's id is new
   */
  public boolean offer(OracleEvent event) {
    fill(event);
    boolean isNew = state.admit(reused);
    if (isNew) {
      state.add(reused);
    }
    scribble();
    return isNew;
  }

  /** Adds an event of an entity that does not judge. */
  public void add(OracleEvent event) {
    fill(event);
    state.add(reused);
    scribble();
  }

  /** The columns as of the last advance. */
  public List<Object> row() {
    state.read(row);
    var values = new ArrayList<Object>();
    for (int i = 0; i < columns.size(); i++) {
      values.add(row.isPresent(i) ? value(i) : null);
    }
    return values;
  }

  /** Whether the row last read is a tombstone. */
  public boolean rowIsEmpty() {
    return row.isEmpty();
  }

  private Object value(int column) {
    InputType type = inputs.get(columns.get(column).input());
    return switch (columns.get(column).aggregate()) {
      case COUNT, COUNT_DISTINCT -> row.bits(column);
      case MEAN, VARIANCE, STD_DEV, QUANTILE -> Double.longBitsToDouble(row.bits(column));
      case SUM, MIN, MAX, FIRST, LAST -> likeInput(type, column);
    };
  }

  private Object likeInput(InputType type, int column) {
    return switch (type) {
      case INTEGER -> row.bits(column);
      case DOUBLE -> Double.longBitsToDouble(row.bits(column));
      case TEXT -> new String(row.text(column), StandardCharsets.UTF_8);
      case PRESENCE -> throw new IllegalStateException("presence has no value: " + column);
    };
  }

  private void fill(OracleEvent event) {
    lent.clear();
    reused.begin(event.ts(), event.visibleFrom());
    if (event.id().number() != null) {
      reused.idOfLong(event.id().number());
    } else {
      byte[] id = event.id().utf8();
      reused.idOfText(lend(id), MARGIN, id.length);
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (event.values().get(i) != null) {
        set(i, event.values().get(i));
      }
    }
  }

  private void set(int input, Object value) {
    switch (inputs.get(input)) {
      case PRESENCE -> reused.setPresence(input);
      case INTEGER -> reused.setInteger(input, (Long) value);
      case DOUBLE -> reused.setDouble(input, (Double) value);
      case TEXT -> {
        byte[] utf8 = ((String) value).getBytes(StandardCharsets.UTF_8);
        reused.setText(input, lend(utf8), MARGIN, utf8.length);
      }
    }
  }

  /** Off zero and with bytes behind it, as in a record's buffer. */
  private byte[] lend(byte[] utf8) {
    byte[] buffer = new byte[utf8.length + 2 * MARGIN];
    System.arraycopy(utf8, 0, buffer, MARGIN, utf8.length);
    lent.add(buffer);
    return buffer;
  }

  /** The record's buffer is used for the next record: a state must not refer to it any more. */
  private void scribble() {
    lent.forEach(buffer -> Arrays.fill(buffer, (byte) '#'));
  }
}
