package dev.millrace.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Seeded histories of events as producers really write them: skewed keys, ties, events out of
 * order, late and too late, copies with another payload or time, nulls, extreme numbers, bad
 * clocks, silent gaps. The same seed, shape and rules give the same records for ever on every
 * machine.
 */
public final class EventStreams {
  private static final int COPY_REACH = 60;

  private final Random random;
  private final StreamShape shape;
  private final LogRules rules;
  private final PayloadSource payload;
  private final List<LogRecord> written = new ArrayList<>();
  private final long[] nextOffset;
  private long now;
  private long nextId;

  private EventStreams(long seed, StreamShape shape, LogRules rules) {
    this.random = new Random(seed);
    this.shape = shape;
    this.rules = rules;
    this.payload = new PayloadSource(random, shape.values(), shape.disorder().missing());
    this.nextOffset = new long[shape.partitions()];
    this.now = shape.startMillis();
  }

  /**
   * @return the records in order of arrival; offsets grow per partition, with holes as transaction
   *     markers leave them; all records of a key, so all copies, lie in one partition
   */
  public static List<LogRecord> generate(long seed, StreamShape shape, LogRules rules) {
    var streams = new EventStreams(seed, shape, rules);
    for (int i = 0; i < shape.events(); i++) {
      streams.writeOne();
    }
    return streams.written;
  }

  private void writeOne() {
    StreamShape.Disorder disorder = shape.disorder();
    now += chance(disorder.gap()) ? shape.gapMillis() : exponential(shape.meanGapMillis());
    if (!written.isEmpty() && chance(disorder.duplicate())) {
      append(copyOf(written.get(written.size() - 1 - random.nextInt(copyReach()))));
      return;
    }
    String key = "k" + (int) (shape.keys() * StrictMath.pow(random.nextDouble(), 3));
    int partition = Math.floorMod(key.hashCode(), shape.partitions());
    var record =
        new LogRecord(partition, 0, now, eventTime(), nextId(), List.of(key), payload.next());
    append(chance(disorder.undecodable()) ? broken(record) : record);
  }

  private int copyReach() {
    return Math.min(written.size(), COPY_REACH);
  }

  private long eventTime() {
    StreamShape.Disorder disorder = shape.disorder();
    if (!written.isEmpty() && chance(disorder.tie())) {
      Long last = written.get(written.size() - 1).ts();
      return random.nextBoolean() && last != null
          ? last
          : now - Math.floorMod(now, rules.slideMillis());
    }
    long reach = rules.maxOutOfOrdernessMillis();
    double dice = random.nextDouble();
    if ((dice -= disorder.outOfOrder()) < 0) {
      return Math.max(0, now - between(0, reach));
    }
    if ((dice -= disorder.late()) < 0) {
      return Math.max(0, now - between(reach, reach + rules.allowedLatenessMillis()));
    }
    if ((dice -= disorder.tooLate()) < 0) {
      return Math.max(0, now - between(reach + rules.allowedLatenessMillis(), 3 * tooLate()));
    }
    if (dice - disorder.fromFuture() < 0) {
      return now + between(0, 2 * rules.maxFutureSkewMillis() + 1);
    }
    return now;
  }

  private long tooLate() {
    return rules.maxOutOfOrdernessMillis() + rules.allowedLatenessMillis() + 1;
  }

  private EventId nextId() {
    long number = nextId++;
    if (!shape.textIds()) {
      return EventId.of(number * 7 - 100);
    }
    String digits = Long.toString(number, 36);
    return EventId.of(
        switch (random.nextInt(4)) {
          case 0 -> digits;
          case 1 -> "é" + digits;
          case 2 -> "payment-2026-11-" + digits;
          default -> digits + "-" + digits.repeat(20);
        });
  }

  /** Same id and key; payload and time as they were, or not. */
  private LogRecord copyOf(LogRecord original) {
    boolean same = original.ts() == null || random.nextBoolean();
    Long ts =
        same
            ? original.ts()
            : Long.valueOf(Math.max(0, original.ts() + between(-tooLate(), tooLate())));
    List<Object> values = random.nextBoolean() ? original.values() : payload.next();
    return new LogRecord(original.partition(), 0, now, ts, original.id(), original.keys(), values);
  }

  private LogRecord broken(LogRecord record) {
    return switch (random.nextInt(4)) {
      case 0 -> with(record, null, record.id());
      case 1 -> with(record, -1L, record.id());
      case 2 -> with(record, NaiveLog.LAST_INSTANT + 1, record.id());
      default -> with(record, record.ts(), null);
    };
  }

  private static LogRecord with(LogRecord record, Long ts, EventId id) {
    return new LogRecord(
        record.partition(), 0, record.arrival(), ts, id, record.keys(), record.values());
  }

  private void append(LogRecord record) {
    int partition = record.partition();
    long offset = nextOffset[partition];
    nextOffset[partition] = offset + (random.nextInt(10) == 0 ? 2 : 1);
    written.add(record.at(offset, now));
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private long between(long from, long to) {
    return from + (long) (random.nextDouble() * (to - from + 1));
  }

  private long exponential(long mean) {
    return (long) (-StrictMath.log(1 - random.nextDouble()) * mean);
  }
}
