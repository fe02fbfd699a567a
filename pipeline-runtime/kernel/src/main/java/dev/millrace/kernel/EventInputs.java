package dev.millrace.kernel;

import java.util.Arrays;

/**
 * What one event means for one entity: its times, its id and a value per input. One object is
 * reused for every event; nothing here allocates.
 *
 * <p>An input that is not set contributes nothing to its features: its {@code where} was false, its
 * value null, NaN or out of range, or its expression failed (semantics.md §2).
 */
public final class EventInputs {
  /** Absolute values of doubles at or above this are out of range: 2^43. */
  public static final double DOUBLE_LIMIT = 8_796_093_022_208.0;

  final boolean[] present;
  final long[] bits;
  final byte[][] text;
  final int[] textFrom;
  final int[] textLength;

  long ts;
  long visibleFrom;
  long idHigh;
  long idLow;
  byte[] id = new byte[0];
  int idFrom;
  int idLength;

  public EventInputs(EntityLayout layout) {
    int inputs = layout.inputs();
    present = new boolean[inputs];
    bits = new long[inputs];
    text = new byte[inputs][];
    textFrom = new int[inputs];
    textLength = new int[inputs];
  }

  /**
   * Starts a new event; no input is set.
   *
   * @param ts event time
   * @param visibleFrom first grid point that may see it (semantics.md §2)
   */
  public void begin(long ts, long visibleFrom) {
    this.ts = ts;
    this.visibleFrom = visibleFrom;
    idHigh = 0;
    idLow = 0;
    idLength = 0;
    Arrays.fill(present, false);
  }

  /** The id of a Long field. Ties of First and Last go by its numeric order. */
  public void idOfLong(long value) {
    EventIds.ofLong(this, value);
  }

  /**
   * The id of a String field. Ties of First and Last go by its bytes, unsigned. The array is not
   * copied and must stay as it is until the event has been added.
   */
  public void idOfText(byte[] utf8, int from, int length) {
    EventIds.ofText(this, utf8, from, length);
  }

  /** Raises {@code visibleFrom}, when a partition woke up behind the clock. */
  public void raiseVisibleFrom(long gridPoint) {
    visibleFrom = Math.max(visibleFrom, gridPoint);
  }

  public long ts() {
    return ts;
  }

  public long visibleFrom() {
    return visibleFrom;
  }

  /** Whether the input has been set for this event. */
  public boolean isSet(int input) {
    return present[input];
  }

  /** Sets a PRESENCE input. */
  public void setPresence(int input) {
    present[input] = true;
  }

  /** Sets an INTEGER input. */
  public void setInteger(int input, long value) {
    present[input] = true;
    bits[input] = value;
  }

  /**
   * Sets a DOUBLE input; NaN leaves it unset.
   *
   * @return false if the value is out of range and therefore contributes nothing
   */
  public boolean setDouble(int input, double value) {
    if (value != value) {
      return true;
    }
    if (!(Math.abs(value) < DOUBLE_LIMIT)) {
      return false;
    }
    present[input] = true;
    bits[input] = Double.doubleToRawLongBits(value + 0.0);
    return true;
  }

  /** Sets a TEXT input. The array is not copied; see {@link #idOfText}. */
  public void setText(int input, byte[] utf8, int from, int length) {
    present[input] = true;
    text[input] = utf8;
    textFrom[input] = from;
    textLength[input] = length;
  }
}
