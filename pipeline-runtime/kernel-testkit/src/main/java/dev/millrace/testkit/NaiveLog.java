package dev.millrace.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * The oracle of verdicts: semantics.md §2 word by word. Every record rescans the log before it,
 * O(n²); nothing is kept between records, so nothing can be forgotten wrongly.
 */
public final class NaiveLog {
  /** 9999-12-31T23:59:59.999Z. */
  public static final long LAST_INSTANT = 253_402_300_799_999L;

  private final LogRules rules;

  public NaiveLog(LogRules rules) {
    this.rules = rules;
  }

  /**
   * Judges records in the order given, which must keep the offset order of each partition. How
   * partitions interleave makes no difference as long as copies lie in one partition.
   */
  public List<JudgedRecord> judge(List<LogRecord> log) {
    var judged = new ArrayList<JudgedRecord>();
    for (LogRecord record : log) {
      judged.add(judge(record, judged));
    }
    return judged;
  }

  private JudgedRecord judge(LogRecord record, List<JudgedRecord> before) {
    if (isUndecodable(record)) {
      return new JudgedRecord(record, OracleVerdict.UNDECODABLE, 0);
    }
    if (record.ts() > record.arrival() + rules.maxFutureSkewMillis()) {
      return new JudgedRecord(record, OracleVerdict.FROM_FUTURE, 0);
    }
    long progress = progress(record, before);
    long reached = progress - rules.maxOutOfOrdernessMillis();
    if (record.ts() < reached - rules.allowedLatenessMillis()) {
      return new JudgedRecord(record, OracleVerdict.LATE, 0);
    }
    if (isCopy(record, before)) {
      return new JudgedRecord(record, OracleVerdict.DUPLICATE, 0);
    }
    long after = Math.max(record.ts(), reached);
    long visibleFrom = after - Math.floorMod(after, rules.slideMillis()) + rules.slideMillis();
    return new JudgedRecord(record, OracleVerdict.ACCEPTED, visibleFrom);
  }

  /** Whether the record never gets as far as the log: no id, no time, no key (§2). */
  public boolean isUndecodable(LogRecord record) {
    return record.ts() == null
        || record.id() == null
        || record.ts() < 0
        || record.ts() > LAST_INSTANT
        || record.keys().stream().allMatch(key -> key == null);
  }

  /** P of the partition, this record included: its own min(ts, arrival) can raise neither rule. */
  private static long progress(LogRecord record, List<JudgedRecord> before) {
    long progress = Math.min(record.ts(), record.arrival());
    for (JudgedRecord earlier : before) {
      boolean counts =
          earlier.record().partition() == record.partition()
              && earlier.verdict() != OracleVerdict.UNDECODABLE
              && earlier.verdict() != OracleVerdict.FROM_FUTURE;
      if (counts) {
        progress = Math.max(progress, Math.min(earlier.record().ts(), earlier.record().arrival()));
      }
    }
    return progress;
  }

  private boolean isCopy(LogRecord record, List<JudgedRecord> before) {
    return before.stream()
        .filter(JudgedRecord::isAccepted)
        .filter(earlier -> earlier.record().id().equals(record.id()))
        .filter(earlier -> sameJudgingKey(earlier.record(), record))
        .anyMatch(earlier -> withinHorizon(earlier.record().ts(), record.ts()));
  }

  /** Ids are kept by the judging entity's key: the first key that is present. */
  private static boolean sameJudgingKey(LogRecord a, LogRecord b) {
    for (int i = 0; i < a.keys().size(); i++) {
      String left = a.keys().get(i);
      String right = b.keys().get(i);
      if (left != null || right != null) {
        return left != null && left.equals(right);
      }
    }
    return false;
  }

  private boolean withinHorizon(long idTs, long ts) {
    long hours = (rules.horizonMillis() + LogRules.HOUR - 1) / LogRules.HOUR;
    return Math.abs(idTs / LogRules.HOUR - ts / LogRules.HOUR) <= hours;
  }
}
