package dev.millrace.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Event ids as 128 bits. Longs and texts of up to 15 bytes are stored losslessly; longer texts as a
 * 128-bit hash, where two of a million ids of one key collide with probability 10⁻²⁷: exact for
 * every practical purpose (performance.md §3.7).
 */
final class EventIds {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private EventIds() {}

  static void ofLong(EventInputs event, long value) {
    event.idHigh = 0;
    event.idLow = value;
    if (event.id.length < 8) {
      event.id = new byte[8];
    }
    LONGS.set(event.id, 0, value ^ Long.MIN_VALUE);
    event.idFrom = 0;
    event.idLength = 8;
  }

  static void ofText(EventInputs event, byte[] utf8, int from, int length) {
    event.id = utf8;
    event.idFrom = from;
    event.idLength = length;
    if (length <= 15) {
      long high = 0;
      long low = 0;
      for (int i = 0; i < length; i++) {
        long b = utf8[from + i] & 0xffL;
        if (i < 8) {
          high |= b << (56 - 8 * i);
        } else {
          low |= b << (120 - 8 * i);
        }
      }
      event.idHigh = high;
      event.idLow = low | length;
    } else {
      event.idHigh = Hash64.of(utf8, from, length, 0x9E3779B97F4A7C15L);
      event.idLow = Hash64.of(utf8, from, length, 0xC2B2AE3D27D4EB4FL) | 0x80L;
    }
  }
}
