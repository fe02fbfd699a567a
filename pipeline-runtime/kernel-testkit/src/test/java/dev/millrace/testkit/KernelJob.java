package dev.millrace.testkit;

import dev.millrace.kernel.InputType;
import dev.millrace.kernel.LogJudge;
import dev.millrace.kernel.WindowColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What a stream job does with the kernel, in one thread: judges each partition's log, lets the one
 * clock be the minimum over partitions, fires keys when it reaches their next touch. At random
 * moments it forgets everything that a flush did not write.
 */
final class KernelJob {
  private final LogRules rules;
  private final List<InputType> inputs;
  private final List<WindowColumn> columns;
  private final Random interruptions;
  private final double interruptionProbability;
  private final Map<Integer, LogJudge> judges = new TreeMap<>();
  private final Map<String, Keyed> keys = new TreeMap<>();
  final List<JudgedRecord> verdicts = new ArrayList<>();
  final Map<String, TreeMap<Long, List<Object>>> rows = new TreeMap<>();
  private long clock = Long.MIN_VALUE;

  /** A key and what is stored of it. */
  private static final class Keyed {
    final KernelKey kernel;
    final MapBodyStore body = new MapBodyStore();
    byte[] head;

    Keyed(KernelKey kernel) {
      this.kernel = kernel;
    }
  }

  KernelJob(
      LogRules rules,
      List<InputType> inputs,
      List<WindowColumn> columns,
      int partitions,
      long interruptionSeed,
      double interruptionProbability) {
    this.rules = rules;
    this.inputs = inputs;
    this.columns = columns;
    this.interruptions = new Random(interruptionSeed);
    this.interruptionProbability = interruptionProbability;
    for (int partition = 0; partition < partitions; partition++) {
      judges.put(
          partition,
          new LogJudge(
              rules.slideMillis(),
              rules.maxOutOfOrdernessMillis(),
              rules.allowedLatenessMillis(),
              rules.maxFutureSkewMillis()));
    }
  }

  /** Runs a log to its end and then until all windows are empty. */
  KernelJob run(List<LogRecord> log, NaiveLog decoding) {
    for (LogRecord record : log) {
      verdicts.add(judge(record, decoding));
      advanceTo(watermark());
      if (interruptions.nextDouble() < interruptionProbability) {
        keys.values().forEach(this::interrupt);
      }
    }
    advanceTo(Long.MAX_VALUE - 1);
    return this;
  }

  private JudgedRecord judge(LogRecord record, NaiveLog decoding) {
    if (decoding.isUndecodable(record)) {
      return new JudgedRecord(record, OracleVerdict.UNDECODABLE, 0);
    }
    LogJudge judge = judges.get(record.partition());
    return switch (judge.judge(record.ts(), record.arrival())) {
      case FROM_FUTURE -> new JudgedRecord(record, OracleVerdict.FROM_FUTURE, 0);
      case LATE -> new JudgedRecord(record, OracleVerdict.LATE, 0);
      case ON_LOG -> offer(record, judge.visibleFrom(record.ts()));
    };
  }

  private JudgedRecord offer(LogRecord record, long visibleFrom) {
    Keyed keyed = keys.computeIfAbsent(record.keys().get(0), key -> new Keyed(newKernelKey()));
    var accepted = new JudgedRecord(record, OracleVerdict.ACCEPTED, visibleFrom);
    return keyed.kernel.offer(accepted.event())
        ? accepted
        : new JudgedRecord(record, OracleVerdict.DUPLICATE, 0);
  }

  private KernelKey newKernelKey() {
    return new KernelKey(rules.slideMillis(), rules.horizonMillis(), inputs, columns);
  }

  private long watermark() {
    long least = Long.MAX_VALUE;
    for (LogJudge judge : judges.values()) {
      if (judge.progress() == LogJudge.NO_PROGRESS) {
        return Long.MIN_VALUE;
      }
      least = Math.min(least, judge.progress() - rules.maxOutOfOrdernessMillis());
    }
    return least;
  }

  private void advanceTo(long watermark) {
    if (watermark > clock) {
      clock = watermark;
      keys.forEach(this::fire);
    }
  }

  private void fire(String key, Keyed keyed) {
    while (keyed.kernel.state().nextTouch() <= clock) {
      long t = keyed.kernel.state().nextTouch();
      if (keyed.kernel.state().advance(t)) {
        rows.computeIfAbsent(key, k -> new TreeMap<>()).put(t, keyed.kernel.row());
      }
    }
  }

  private void interrupt(Keyed keyed) {
    boolean isStored = keyed.head != null;
    if (!isStored || keyed.kernel.state().isDirty()) {
      keyed.head = keyed.kernel.state().flush(keyed.body);
    }
    if (interruptions.nextBoolean()) {
      long asOf = keyed.kernel.state().asOf();
      keyed.kernel.restore(keyed.head, keyed.body);
      // Expiry alone is not written: what was fired already is passed over in silence.
      if (keyed.kernel.state().asOf() < asOf) {
        keyed.kernel.state().advance(asOf);
      }
    }
  }

  /** Whether no key has anything left to remember. */
  boolean hasForgottenEverything() {
    return keys.values().stream().allMatch(keyed -> keyed.kernel.state().isEmpty());
  }
}
