package dev.millrace.kernel;

import java.util.Arrays;

/**
 * The distinct hashes of one pane: exact up to 256, then HyperLogLog registers. Which of the two
 * depends on the set only, never on order.
 */
final class DistinctSet {
  /** CountDistinct is exact up to this many values per window (semantics.md §3). */
  static final int EXACT_LIMIT = 256;

  private long[] hashes;
  private int size;
  private byte[] registers;

  DistinctSet() {
    hashes = new long[2];
  }

  boolean isExact() {
    return registers == null;
  }

  int size() {
    return size;
  }

  long hash(int index) {
    return hashes[index];
  }

  byte[] registers() {
    return registers;
  }

  void add(long hash) {
    if (registers != null) {
      HyperLogLog.add(registers, hash);
      return;
    }
    int at = Arrays.binarySearch(hashes, 0, size, hash);
    if (at >= 0) {
      return;
    }
    if (size == EXACT_LIMIT) {
      toRegisters();
      HyperLogLog.add(registers, hash);
      return;
    }
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    int insertAt = -at - 1;
    System.arraycopy(hashes, insertAt, hashes, insertAt + 1, size - insertAt);
    hashes[insertAt] = hash;
    size++;
  }

  void merge(DistinctSet other) {
    if (other.registers != null) {
      if (registers == null) {
        toRegisters();
      }
      HyperLogLog.merge(registers, other.registers);
    } else {
      for (int i = 0; i < other.size; i++) {
        add(other.hashes[i]);
      }
    }
  }

  /** Adds this set to the registers of a union. */
  void addTo(byte[] union) {
    if (registers != null) {
      HyperLogLog.merge(union, registers);
    } else {
      for (int i = 0; i < size; i++) {
        HyperLogLog.add(union, hashes[i]);
      }
    }
  }

  DistinctSet copy() {
    var copy = new DistinctSet();
    copy.hashes = hashes == null ? null : Arrays.copyOf(hashes, Math.max(2, size));
    copy.size = size;
    copy.registers = registers == null ? null : registers.clone();
    return copy;
  }

  void useRegisters(byte[] stored) {
    registers = stored;
    hashes = null;
    size = 0;
  }

  private void toRegisters() {
    var filled = new byte[HyperLogLog.REGISTERS];
    for (int i = 0; i < size; i++) {
      HyperLogLog.add(filled, hashes[i]);
    }
    useRegisters(filled);
  }

  int weight() {
    return 48 + (registers == null ? 8 * hashes.length : registers.length);
  }
}
