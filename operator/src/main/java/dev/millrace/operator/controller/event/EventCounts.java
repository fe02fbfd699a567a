package dev.millrace.operator.controller.event;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each Event happened since its object was made, and when that was last written. It
 * remembers a bounded number; of a forgotten one the count is asked from the API server.
 */
final class EventCounts {
  /** Several per resource, for a thousand of them. */
  static final int MOST = 5_000;

  private final Duration patience;
  private final Map<String, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST;
        }
      };

  private record Known(int count, Instant written) {}

  enum Kind {
    CREATE,
    RAISE,
    /** Too soon after the last write; the count is kept for the next one. */
    WAIT
  }

  /** What to do about one that happened. */
  record Step(Kind kind, int count) {}

  EventCounts(Duration patience) {
    this.patience = patience;
  }

  /** Counts one and says what to write. */
  synchronized Step next(String key, Instant now) {
    Known before = known.get(key);
    if (before == null) {
      known.put(key, new Known(1, now));
      return new Step(Kind.CREATE, 1);
    }
    int count = before.count + 1;
    boolean due = !now.isBefore(before.written.plus(patience));
    known.put(key, new Known(count, due ? now : before.written));
    return new Step(due ? Kind.RAISE : Kind.WAIT, count);
  }

  /** What the API server says. */
  synchronized void known(String key, int count, Instant now) {
    known.put(key, new Known(count, now));
  }

  /** A write failed: nothing is known. */
  synchronized void forget(String key) {
    known.remove(key);
  }
}
