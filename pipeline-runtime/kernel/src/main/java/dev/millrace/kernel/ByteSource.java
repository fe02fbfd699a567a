package dev.millrace.kernel;

import java.util.Arrays;

/** Reads what {@link ByteSink} wrote. */
final class ByteSource {
  private final byte[] bytes;
  private int at;
  private long wideLow;

  ByteSource(byte[] bytes) {
    this.bytes = bytes;
  }

  int octet() {
    return bytes[at++] & 0xff;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int b = octet();
      value |= (b & 0x7fL) << shift;
      if (b < 0x80) {
        return value;
      }
    }
  }

  int count() {
    return Math.toIntExact(varint());
  }

  long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  /** High word of a 128-bit integer; {@link #wideLow} has the low word afterwards. */
  long wide() {
    int width = octet();
    long low = 0;
    long high = 0;
    int b = 0;
    for (int i = 0; i < width; i++) {
      b = octet();
      if (i < 8) {
        low |= (long) b << 8 * i;
      } else {
        high |= (long) b << 8 * (i - 8);
      }
    }
    long sign = b >= 0x80 ? -1 : 0;
    if (width < 8) {
      low |= sign << 8 * width;
    }
    if (width <= 8) {
      high = sign;
    } else if (width < 16) {
      high |= sign << 8 * (width - 8);
    }
    wideLow = low;
    return high;
  }

  long wideLow() {
    return wideLow;
  }

  long fixed64() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value |= (long) octet() << 8 * i;
    }
    return value;
  }

  byte[] array() {
    int length = count();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }
}
