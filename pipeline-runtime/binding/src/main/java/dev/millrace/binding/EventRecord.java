package dev.millrace.binding;

import dev.millrace.contract.EventSchema;
import java.util.Arrays;

/**
 * One decoded event as a flat, reusable record: a value per schema field (null, bits or UTF-8, see
 * {@code FieldType}), and where it came from. Strings are byte ranges of arrays that belong to this
 * record or to the payload it was decoded from.
 */
public final class EventRecord implements Values {
  private static final int FIRST_BYTES = 256;

  /** One huge event must not keep its memory for ever. */
  private static final int MAX_KEPT_BYTES = 1 << 20;

  /** Event time, epoch milliseconds. */
  public long ts;

  /** Kafka record timestamp, epoch milliseconds. */
  public long arrival;

  public int partition;
  public long offset;

  /** First grid point that may see the event (semantics.md §2). */
  public long visibleFrom;

  private final boolean[] present;
  private final long[] bits;
  private final byte[][] text;
  private final int[] textFrom;
  private final int[] textLength;

  /**
   * Where a decoder puts texts; grown by replacing it, so that earlier texts stay where they are.
   */
  byte[] textBuffer = new byte[FIRST_BYTES];

  int textBufferUsed;

  public EventRecord(EventSchema schema) {
    this(schema.fields().size());
  }

  public EventRecord(int fields) {
    present = new boolean[fields];
    bits = new long[fields];
    text = new byte[fields][];
    textFrom = new int[fields];
    textLength = new int[fields];
  }

  public int fields() {
    return bits.length;
  }

  /** Forgets all values. */
  public void clear() {
    Arrays.fill(present, false);
    textBufferUsed = 0;
    if (textBuffer.length > MAX_KEPT_BYTES) {
      textBuffer = new byte[FIRST_BYTES];
    }
  }

  @Override
  public boolean isNull(int field) {
    return !present[field];
  }

  @Override
  public long bits(int field) {
    return bits[field];
  }

  @Override
  public byte[] text(int field) {
    return text[field];
  }

  @Override
  public int textFrom(int field) {
    return textFrom[field];
  }

  @Override
  public int textLength(int field) {
    return textLength[field];
  }

  public void setNull(int field) {
    present[field] = false;
  }

  public void setBits(int field, long value) {
    present[field] = true;
    bits[field] = value;
  }

  /** Sets a text field; the array is not copied. */
  public void setText(int field, byte[] utf8, int from, int length) {
    present[field] = true;
    text[field] = utf8;
    textFrom[field] = from;
    textLength[field] = length;
  }

  /** The text of a field as a String, or null; for slow paths. */
  public String string(int field) {
    return present[field] ? Utf8.string(text[field], textFrom[field], textLength[field]) : null;
  }
}
