package dev.millrace.kernel;

import java.util.Arrays;

/** Grows an array of bytes: varints for everything that counts (performance.md §3.8). */
final class ByteSink {
  private byte[] bytes = new byte[64];
  private int size;

  void octet(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = (byte) value;
  }

  /** Unsigned, seven bits per byte, lowest first. */
  void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      octet((int) rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    octet((int) rest);
  }

  /** Signed, small magnitudes short. */
  void zigzag(long value) {
    varint(value << 1 ^ value >> 63);
  }

  /** Signed 128 bits: how many of the 16 bytes are more than the sign, then those, lowest first. */
  void wide(long high, long low) {
    int width = 16;
    while (width > 1 && signExtends(high, low, width - 1)) {
      width--;
    }
    octet(width);
    for (int i = 0; i < width; i++) {
      octet((int) (i < 8 ? low >>> 8 * i : high >>> 8 * (i - 8)));
    }
  }

  private static boolean signExtends(long high, long low, int width) {
    if (width >= 8) {
      int shift = 128 - 8 * width;
      boolean highFits = width == 8 ? high == low >> 63 : high << shift >> shift == high;
      return highFits;
    }
    int shift = 64 - 8 * width;
    return high == low >> 63 && low << shift >> shift == low;
  }

  void fixed64(long value) {
    for (int i = 0; i < 8; i++) {
      octet((int) (value >>> 8 * i));
    }
  }

  void array(byte[] value) {
    varint(value.length);
    for (byte b : value) {
      octet(b);
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
