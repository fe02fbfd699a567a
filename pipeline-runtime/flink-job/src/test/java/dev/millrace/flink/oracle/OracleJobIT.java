package dev.millrace.flink.oracle;

import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.testkit.EventStreams;
import dev.millrace.testkit.Interleavings;
import dev.millrace.testkit.LogRecord;
import dev.millrace.testkit.StreamShape.Disorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job against the naive oracle: Redis, feature log, archive, side topics, accounting. */
@ExtendWith(JobStack.Extension.class)
class OracleJobIT {
  private static final int PARTITIONS = 3;

  @Test
  void writesTheSameThroughSavepointsAndRescaling(JobStack stack) throws Exception {
    long seed = seed("rescaled");
    List<LogRecord> log =
        shop(EventStreams.generate(seed, shape(900, Disorder.EVERYTHING), rules()));
    try (var run = JobRun.create(stack, "rescaled", ShopStream.definition(), PARTITIONS)) {
      int[] parallelism = {1, 4, 2};
      for (int part = 0; part < 3; part++) {
        send(run, log.subList(300 * part, 300 * (part + 1)));
        run.start(parallelism[part]);
        run.awaitConsumed();
        if (part < 2) {
          run.stop();
        }
      }
      Expected.of(log).check(run);
    }
  }

  /** Each parallelism runs 25 histories, one after another in one log, far apart in time. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void agreesWithTheOracleWhateverTheOrder(int parallelism, JobStack stack) throws Exception {
    long seed = seed("orders at parallelism " + parallelism);
    var random = new Random(seed);
    var log = new ArrayList<LogRecord>();
    for (int history = 0; history < 25; history++) {
      log.addAll(history(random.nextLong(), history));
    }
    List<LogRecord> shop = shop(log);
    String name = "orders-" + parallelism;
    try (var run = JobRun.create(stack, name, ShopStream.definition(), PARTITIONS)) {
      run.start(parallelism);
      send(run, Interleavings.ofPartitions(shop, random.nextLong()));
      run.awaitConsumed();
      Expected.of(shop).check(run);
    }
  }

  private static List<LogRecord> history(long seed, int number) {
    List<LogRecord> log = EventStreams.generate(seed, shape(60, Disorder.TOLERATED), rules());
    long shift = number * 30L * 86_400_000;
    var shifted = new ArrayList<LogRecord>();
    for (LogRecord r : Interleavings.withinOutOfOrderness(log, rules(), seed)) {
      shifted.add(
          new LogRecord(
              r.partition(),
              r.offset(),
              r.arrival() + shift,
              r.ts() + shift,
              r.id(),
              r.keys(),
              r.values()));
    }
    return shifted;
  }

  private static dev.millrace.testkit.StreamShape shape(int events, Disorder disorder) {
    return ShopStream.shape(events, PARTITIONS, disorder);
  }

  private static dev.millrace.testkit.LogRules rules() {
    return ShopStream.RULES;
  }

  /** The log as Kafka will hold it: offsets without holes. */
  private static List<LogRecord> shop(List<LogRecord> log) {
    var next = new TreeMap<Integer, Long>();
    var shop = new ArrayList<LogRecord>();
    for (LogRecord record : log) {
      long offset = next.merge(record.partition(), 1L, Long::sum) - 1;
      shop.add(ShopStream.shop(record, offset));
    }
    return shop;
  }

  private static void send(JobRun run, List<LogRecord> log) {
    for (LogRecord record : log) {
      run.topics().send(record.partition(), record.arrival(), ShopStream.json(record));
    }
    run.topics().flush();
  }

  private static long seed(String what) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("OracleJobIT " + what + ": -Dseed=" + seed);
    return seed;
  }
}
