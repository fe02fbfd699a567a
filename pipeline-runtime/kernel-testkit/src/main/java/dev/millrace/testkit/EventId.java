package dev.millrace.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The id of an event: a Long or a String field. Order is that of ties (semantics.md §3): numbers by
 * value, texts by their UTF-8 bytes, unsigned.
 *
 * @param number set for Long ids
 * @param text set for String ids
 */
public record EventId(Long number, String text) implements Comparable<EventId> {
  public EventId {
    if ((number == null) == (text == null)) {
      throw new IllegalArgumentException("an id is a number or a text: " + number + ", " + text);
    }
  }

  public static EventId of(long number) {
    return new EventId(number, null);
  }

  public static EventId of(String text) {
    return new EventId(null, text);
  }

  @Override
  public int compareTo(EventId other) {
    if (number != null && other.number != null) {
      return Long.compare(number, other.number);
    }
    return Arrays.compareUnsigned(utf8(), other.utf8());
  }

  /** The id as it stands in a record: UTF-8 of the text, decimal digits of the number. */
  public byte[] utf8() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return number != null ? number.toString() : text;
  }
}
