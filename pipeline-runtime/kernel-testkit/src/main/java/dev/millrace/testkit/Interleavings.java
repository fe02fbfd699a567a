package dev.millrace.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Other orders in which the same history may reach a job; none of them may change a row. */
public final class Interleavings {
  private Interleavings() {}

  /** Merges the partitions in another order; each keeps its own. */
  public static List<LogRecord> ofPartitions(List<LogRecord> log, long seed) {
    var random = new Random(seed);
    var rest = new TreeMap<Integer, Deque<LogRecord>>();
    for (LogRecord record : log) {
      rest.computeIfAbsent(record.partition(), p -> new ArrayDeque<>()).add(record);
    }
    var queues = new ArrayList<>(rest.values());
    var merged = new ArrayList<LogRecord>();
    while (!queues.isEmpty()) {
      // Runs of random length, so that one partition may be far ahead of another.
      Deque<LogRecord> queue = queues.get(random.nextInt(queues.size()));
      for (int run = random.nextInt(20); run >= 0 && !queue.isEmpty(); run--) {
        merged.add(queue.remove());
      }
      queues.removeIf(Deque::isEmpty);
    }
    return merged;
  }

  /**
   * Writes the log anew in another order of arrival in which no record comes later than
   * maxOutOfOrderness allows: each is delayed by at most that much event time. Arrivals and offsets
   * are new. Copies of one id may change places, so use it for logs without copies.
   *
   * @param log records with event times
   */
  public static List<LogRecord> withinOutOfOrderness(
      List<LogRecord> log, LogRules rules, long seed) {
    var random = new Random(seed);
    record Delayed(long at, LogRecord record) {}
    var delayed = new ArrayList<Delayed>();
    for (LogRecord record : log) {
      long delay = (long) (random.nextDouble() * (rules.maxOutOfOrdernessMillis() + 1));
      delayed.add(new Delayed(record.ts() + delay, record));
    }
    delayed.sort(Comparator.comparingLong(Delayed::at));
    var nextOffset = new TreeMap<Integer, Long>();
    var rewritten = new ArrayList<LogRecord>();
    for (Delayed next : delayed) {
      long offset = nextOffset.merge(next.record().partition(), 1L, Long::sum) - 1;
      rewritten.add(next.record().at(offset, next.at()));
    }
    return rewritten;
  }
}
