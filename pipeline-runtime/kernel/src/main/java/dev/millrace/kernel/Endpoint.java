package dev.millrace.kernel;

import java.util.Arrays;

/**
 * The slot of First or Last: two words (ts, bits) and two references (id, text). Ties of ts go by
 * event id, as unsigned bytes (semantics.md §3); the id is kept for that alone.
 */
final class Endpoint {
  private Endpoint() {}

  /**
   * Offers an event; it replaces what is there if it is earlier (direction −1) or later (1). A slot
   * without an id is vacant.
   */
  static void offer(
      long[] words, int at, Object[] refs, int refAt, int direction, EventInputs event, int input) {
    if (refs[refAt] != null) {
      byte[] id = (byte[]) refs[refAt];
      int order = Long.compare(event.ts, words[at]);
      if (order == 0) {
        order =
            Arrays.compareUnsigned(
                event.id, event.idFrom, event.idFrom + event.idLength, id, 0, id.length);
      }
      if (order * direction <= 0) {
        return;
      }
    }
    words[at] = event.ts;
    words[at + 1] = event.bits[input];
    refs[refAt] = Arrays.copyOfRange(event.id, event.idFrom, event.idFrom + event.idLength);
    if (event.text[input] != null) {
      int from = event.textFrom[input];
      refs[refAt + 1] = Arrays.copyOfRange(event.text[input], from, from + event.textLength[input]);
    }
  }

  static void merge(
      long[] words,
      int at,
      Object[] refs,
      int refAt,
      int direction,
      long[] from,
      int fromAt,
      Object[] fromRefs,
      int fromRefAt) {
    byte[] other = (byte[]) fromRefs[fromRefAt];
    if (other == null) {
      return;
    }
    if (refs[refAt] != null) {
      int order = Long.compare(from[fromAt], words[at]);
      if (order == 0) {
        order = Arrays.compareUnsigned(other, (byte[]) refs[refAt]);
      }
      if (order * direction <= 0) {
        return;
      }
    }
    words[at] = from[fromAt];
    words[at + 1] = from[fromAt + 1];
    refs[refAt] = other;
    refs[refAt + 1] = fromRefs[fromRefAt + 1];
  }
}
