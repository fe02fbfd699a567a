package dev.millrace.flink.entity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;

/**
 * Which keys are to be touched at which grid point (performance.md §3.10). A key is scheduled once;
 * moving it leaves its old entry behind, which is recognised because the key's own time differs.
 * Empty grid points cost nothing.
 */
final class TimingWheel {
  /** Receives due keys. */
  interface Visitor {
    void due(String key, long gridPoint) throws Exception;
  }

  private static final class Scheduled {
    private final String key;
    private long next;

    private Scheduled(String key) {
      this.key = key;
    }
  }

  private final TreeMap<Long, List<Scheduled>> slots = new TreeMap<>();
  private final HashMap<String, Scheduled> byKey = new HashMap<>();

  /**
   * Schedules a key, replacing what was scheduled.
   *
   * @param gridPoint {@link Long#MAX_VALUE} for never
   */
  void schedule(String key, long gridPoint) {
    if (gridPoint == Long.MAX_VALUE) {
      forget(key);
      return;
    }
    Scheduled scheduled = byKey.get(key);
    if (scheduled == null) {
      scheduled = new Scheduled(key);
      byKey.put(key, scheduled);
    } else if (scheduled.next == gridPoint) {
      return;
    }
    scheduled.next = gridPoint;
    slots.computeIfAbsent(gridPoint, t -> new ArrayList<>(4)).add(scheduled);
  }

  /** Takes a key out. */
  void forget(String key) {
    Scheduled scheduled = byKey.remove(key);
    if (scheduled != null) {
      scheduled.next = Long.MAX_VALUE;
    }
  }

  /** Visits every key due at or before a grid point, in the order of grid points. */
  void fire(long upTo, Visitor visitor) throws Exception {
    while (!slots.isEmpty() && slots.firstKey() <= upTo) {
      var slot = slots.pollFirstEntry();
      long gridPoint = slot.getKey();
      for (Scheduled scheduled : slot.getValue()) {
        if (scheduled.next == gridPoint) {
          scheduled.next = Long.MAX_VALUE;
          visitor.due(scheduled.key, gridPoint);
        }
      }
    }
  }

  /** Number of keys scheduled. */
  int size() {
    return byKey.size();
  }
}
