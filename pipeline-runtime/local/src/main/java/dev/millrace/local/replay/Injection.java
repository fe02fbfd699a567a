package dev.millrace.local.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Makes a clean recording dirty on purpose: a share of the events is held back for longer than the
 * allowed lateness or less, a share is sent a second time. The same seed does the same.
 *
 * <p>Copies and held-back events keep their key, hence their partition, as semantics.md §2 asks of
 * producers.
 */
public final class Injection {
  private final double late;
  private final double duplicates;
  private final long longestDelayMillis;
  private final SplittableRandom random;
  private final PriorityQueue<Held> held = new PriorityQueue<>();
  private long sequence;
  private long lateEvents;
  private long copies;

  private record Held(long releaseMillis, long sequence, RecordedEvent event)
      implements Comparable<Held> {
    @Override
    public int compareTo(Held other) {
      int byTime = Long.compare(releaseMillis, other.releaseMillis);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  /**
   * @param late share of events held back, 0–1
   * @param duplicates share of events sent twice, 0–1
   * @param longestDelayMillis longest hold in the recording's time; beyond the allowed lateness an
   *     event comes too late when its partition has moved on meanwhile
   * @param seed of the choice
   */
  public Injection(double late, double duplicates, long longestDelayMillis, long seed) {
    this.late = late;
    this.duplicates = duplicates;
    this.longestDelayMillis = longestDelayMillis;
    random = new SplittableRandom(seed);
  }

  /** No disturbance at all. */
  public static Injection none() {
    return new Injection(0, 0, 1, 0);
  }

  /** The events to send now that the recording has come to this one, in order. */
  public List<RecordedEvent> pass(RecordedEvent event) {
    var now = new ArrayList<RecordedEvent>(2);
    release(event.sendMillis(), now);
    double dice = random.nextDouble();
    if (dice < late) {
      hold(event);
      lateEvents++;
    } else {
      now.add(event);
      if (dice < late + duplicates) {
        hold(event);
        copies++;
      }
    }
    return now;
  }

  /** What is still held back at the end, in order of its release. */
  public List<RecordedEvent> rest() {
    var rest = new ArrayList<RecordedEvent>();
    release(Long.MAX_VALUE, rest);
    return rest;
  }

  public long lateEvents() {
    return lateEvents;
  }

  public long copies() {
    return copies;
  }

  private void hold(RecordedEvent event) {
    long delay = 1 + random.nextLong(longestDelayMillis);
    held.add(new Held(event.sendMillis() + delay, sequence++, event));
  }

  private void release(long untilMillis, List<RecordedEvent> into) {
    while (!held.isEmpty() && held.peek().releaseMillis() <= untilMillis) {
      into.add(held.poll().event());
    }
  }
}
