package dev.millrace.kernel;

/**
 * The ids of one hour: a hash set of 128-bit ids in the order they came, so that a flush can tell
 * the new ones from those already written.
 */
final class IdSet {
  private long[] ids = new long[4];
  private int size;

  /** 1 + index of an id per bucket, 0 for none; null while a scan is cheaper. */
  private int[] buckets;

  /** How many of the ids, from the first, are in body parts. */
  int sealed;

  /** How many body parts hold them. */
  int parts;

  int size() {
    return size;
  }

  long high(int index) {
    return ids[2 * index];
  }

  long low(int index) {
    return ids[2 * index + 1];
  }

  boolean contains(long high, long low) {
    if (buckets == null) {
      for (int i = 0; i < size; i++) {
        if (ids[2 * i + 1] == low && ids[2 * i] == high) {
          return true;
        }
      }
      return false;
    }
    int at = bucket(high, low);
    while (buckets[at] != 0) {
      int id = buckets[at] - 1;
      if (ids[2 * id + 1] == low && ids[2 * id] == high) {
        return true;
      }
      at = at + 1 & buckets.length - 1;
    }
    return false;
  }

  /** Adds an id that is not in the set. */
  void add(long high, long low) {
    if (2 * size == ids.length) {
      ids = java.util.Arrays.copyOf(ids, ids.length * 2);
    }
    ids[2 * size] = high;
    ids[2 * size + 1] = low;
    size++;
    if (buckets != null && 2 * size <= buckets.length) {
      place(size - 1);
    } else if (size > 8) {
      rebuild();
    }
  }

  private void rebuild() {
    buckets = new int[Integer.highestOneBit(size) * 4];
    for (int i = 0; i < size; i++) {
      place(i);
    }
  }

  private void place(int id) {
    int at = bucket(ids[2 * id], ids[2 * id + 1]);
    while (buckets[at] != 0) {
      at = at + 1 & buckets.length - 1;
    }
    buckets[at] = id + 1;
  }

  private int bucket(long high, long low) {
    long mixed = (high ^ Long.rotateLeft(low, 32) ^ low) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & buckets.length - 1;
  }

  int weight() {
    return 48 + ids.length * 8 + (buckets == null ? 0 : buckets.length * 4);
  }
}
