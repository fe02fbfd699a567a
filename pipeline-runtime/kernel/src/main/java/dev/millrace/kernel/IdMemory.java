package dev.millrace.kernel;

import java.util.Arrays;

/**
 * Event ids of a key per hour of event time (semantics.md §2, performance.md §3.7): an id counts as
 * seen if its hour is within the horizon, rounded up to hours, of the event's hour. Ids outside
 * that are ignored, so the verdict does not depend on when they are dropped.
 */
final class IdMemory {
  private static final long[] NO_PARTS = {};

  private final long horizonMillis;
  private final long horizonHours;
  private long[] hours = new long[1];
  private IdSet[] sets = new IdSet[1];
  private int size;
  private long[] droppedParts = NO_PARTS;

  IdMemory(long horizonMillis) {
    this.horizonMillis = horizonMillis;
    horizonHours = -Math.floorDiv(-horizonMillis, EntityLayout.HOUR_MILLIS);
  }

  /** Number of hours that hold ids. */
  int size() {
    return size;
  }

  long hour(int index) {
    return hours[index];
  }

  IdSet set(int index) {
    return sets[index];
  }

  /** Remembers an id; false if it was seen within the horizon. */
  boolean admit(long ts, long idHigh, long idLow) {
    long hour = Math.floorDiv(ts, EntityLayout.HOUR_MILLIS);
    for (int i = 0; i < size; i++) {
      if (Math.abs(hours[i] - hour) <= horizonHours && sets[i].contains(idHigh, idLow)) {
        return false;
      }
    }
    ofHour(hour).add(idHigh, idLow);
    return true;
  }

  /** The set of an hour, added empty if it is new. */
  IdSet ofHour(long hour) {
    int at = Arrays.binarySearch(hours, 0, size, hour);
    if (at >= 0) {
      return sets[at];
    }
    if (size == hours.length) {
      hours = Arrays.copyOf(hours, size * 2);
      sets = Arrays.copyOf(sets, size * 2);
    }
    int insertAt = -at - 1;
    System.arraycopy(hours, insertAt, hours, insertAt + 1, size - insertAt);
    System.arraycopy(sets, insertAt, sets, insertAt + 1, size - insertAt);
    hours[insertAt] = hour;
    sets[insertAt] = new IdSet();
    size++;
    return sets[insertAt];
  }

  /**
   * First instant at which an hour can be dropped: an accepted event lies at most the horizon
   * behind the clock, its copy another horizon before.
   */
  private long droppableFrom(long hour) {
    return (hour + horizonHours + 1) * EntityLayout.HOUR_MILLIS + horizonMillis;
  }

  /** First instant at which the oldest hour can be dropped; {@link Long#MAX_VALUE} if none. */
  long nextDrop() {
    return size == 0 ? Long.MAX_VALUE : droppableFrom(hours[0]);
  }

  /** Drops what no later event can match. */
  void drop(long clock) {
    int dropped = 0;
    while (dropped < size && droppableFrom(hours[dropped]) <= clock) {
      forgetParts(hours[dropped], sets[dropped].parts);
      dropped++;
    }
    if (dropped > 0) {
      System.arraycopy(hours, dropped, hours, 0, size - dropped);
      System.arraycopy(sets, dropped, sets, 0, size - dropped);
      Arrays.fill(sets, size - dropped, size, null);
      size -= dropped;
    }
  }

  private void forgetParts(long hour, int parts) {
    if (parts > 0) {
      int before = droppedParts.length;
      droppedParts = Arrays.copyOf(droppedParts, before + parts);
      for (int i = 0; i < parts; i++) {
        droppedParts[before + i] = IdCodec.part(hour, i);
      }
    }
  }

  /** Body parts of dropped hours, to be removed by a flush; told once. */
  long[] takeDroppedParts() {
    long[] parts = droppedParts;
    droppedParts = NO_PARTS;
    return parts;
  }

  int weight() {
    int bytes = 48 + hours.length * 12;
    for (int i = 0; i < size; i++) {
      bytes += sets[i].weight();
    }
    return bytes;
  }
}
