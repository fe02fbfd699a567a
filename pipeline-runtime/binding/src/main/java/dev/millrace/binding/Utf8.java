package dev.millrace.binding;

import java.nio.charset.StandardCharsets;

/** UTF-8 without detours over String: validity, encoding, and the order of Java strings. */
final class Utf8 {
  private Utf8() {}

  static String string(byte[] utf8, int from, int length) {
    return new String(utf8, from, length, StandardCharsets.UTF_8);
  }

  /**
   * Whether the bytes are well-formed UTF-8 (Unicode, table 3-7) without NUL. A NUL is never part
   * of JSON text, and JSON parsers take it for a sign of UTF-16.
   */
  static boolean isText(byte[] bytes) {
    int i = 0;
    while (i < bytes.length) {
      int b = bytes[i];
      if (b > 0) {
        i++;
      } else {
        int length = sequenceLength(bytes, i);
        if (length == 0) {
          return false;
        }
        i += length;
      }
    }
    return true;
  }

  /** Length of the multi-byte sequence at {@code i}, or 0 if it is ill-formed. */
  private static int sequenceLength(byte[] bytes, int i) {
    int lead = bytes[i] & 0xff;
    if (lead >= 0xc2 && lead <= 0xdf) {
      return continues(bytes, i + 1, 0x80, 0xbf) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      int low = lead == 0xe0 ? 0xa0 : 0x80;
      int high = lead == 0xed ? 0x9f : 0xbf;
      return continues(bytes, i + 1, low, high) && continues(bytes, i + 2, 0x80, 0xbf) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
      int low = lead == 0xf0 ? 0x90 : 0x80;
      int high = lead == 0xf4 ? 0x8f : 0xbf;
      return continues(bytes, i + 1, low, high)
              && continues(bytes, i + 2, 0x80, 0xbf)
              && continues(bytes, i + 3, 0x80, 0xbf)
          ? 4
          : 0;
    }
    return 0;
  }

  private static boolean continues(byte[] bytes, int i, int low, int high) {
    return i < bytes.length && (bytes[i] & 0xff) >= low && (bytes[i] & 0xff) <= high;
  }

  /**
   * Encodes UTF-16.
   *
   * @param into room for three bytes per char from {@code at}
   * @return the end of what was written, or −1 for a surrogate without its partner: replacing it
   *     would make different texts equal
   */
  static int encode(char[] chars, int from, int length, byte[] into, int at) {
    int out = at;
    int end = from + length;
    for (int i = from; i < end; i++) {
      char c = chars[i];
      if (c < 0x80) {
        into[out++] = (byte) c;
      } else if (c < 0x800) {
        into[out++] = (byte) (0xc0 | c >> 6);
        into[out++] = (byte) (0x80 | c & 0x3f);
      } else if (!Character.isSurrogate(c)) {
        into[out++] = (byte) (0xe0 | c >> 12);
        into[out++] = (byte) (0x80 | c >> 6 & 0x3f);
        into[out++] = (byte) (0x80 | c & 0x3f);
      } else {
        if (i + 1 == end || !Character.isSurrogatePair(c, chars[i + 1])) {
          return -1;
        }
        int point = Character.toCodePoint(c, chars[++i]);
        into[out++] = (byte) (0xf0 | point >> 18);
        into[out++] = (byte) (0x80 | point >> 12 & 0x3f);
        into[out++] = (byte) (0x80 | point >> 6 & 0x3f);
        into[out++] = (byte) (0x80 | point & 0x3f);
      }
    }
    return out;
  }

  /**
   * Order of {@link String#compareTo} on UTF-8. It differs from the order of bytes in one case:
   * characters beyond the basic plane (lead byte F0 and above) sort before U+E000–U+FFFF (EE, EF).
   */
  static int compare(byte[] a, int aFrom, int aLength, byte[] b, int bFrom, int bLength) {
    int common = Math.min(aLength, bLength);
    for (int i = 0; i < common; i++) {
      int x = a[aFrom + i] & 0xff;
      int y = b[bFrom + i] & 0xff;
      if (x != y) {
        return x >= 0xee && y >= 0xee && x >= 0xf0 != y >= 0xf0 ? y - x : x - y;
      }
    }
    return aLength - bLength;
  }
}
