package dev.millrace.flink.oracle;

import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.testkit.Interleavings;
import dev.millrace.testkit.LogRecord;
import dev.millrace.testkit.StreamShape.Disorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job against the naive oracle: Redis, feature log, archive, side topics, accounting. */
@ExtendWith(JobStack.Extension.class)
class OracleJobIT {
  private static final long MONTH = 30L * 86_400_000;

  @Test
  void writesTheSameThroughSavepointsAndRescaling(JobStack stack) throws Exception {
    long seed = ShopLog.seed("rescaled");
    List<LogRecord> log = ShopLog.shop(ShopLog.generate(seed, 900, Disorder.EVERYTHING));
    try (var run = JobRun.create(stack, "rescaled", ShopStream.definition(), ShopLog.PARTITIONS)) {
      int[] parallelism = {1, 4, 2};
      for (int part = 0; part < 3; part++) {
        ShopLog.send(run, log.subList(300 * part, 300 * (part + 1)));
        run.start(parallelism[part]);
        run.awaitConsumed();
        run.stop();
      }
      Expected.of(log).check(run);
    }
  }

  /**
   * Each parallelism runs 25 histories, one after another in one log and too far apart in time to
   * share a window: 100 orders of arrival and as many interleavings of partitions in all.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void agreesWithTheOracleWhateverTheOrder(int parallelism, JobStack stack) throws Exception {
    long seed = ShopLog.seed("orders at parallelism " + parallelism);
    var random = new Random(seed);
    var log = new ArrayList<LogRecord>();
    for (int history = 0; history < 25; history++) {
      log.addAll(history(random.nextLong(), history * MONTH));
    }
    List<LogRecord> shop = ShopLog.shop(log);
    String name = "orders-" + parallelism;
    try (var run = JobRun.create(stack, name, ShopStream.definition(), ShopLog.PARTITIONS)) {
      run.start(parallelism);
      ShopLog.send(run, Interleavings.ofPartitions(shop, random.nextLong()));
      run.awaitConsumed();
      run.stop();
      Expected.of(shop).check(run);
    }
  }

  private static List<LogRecord> history(long seed, long shift) {
    var shifted = new ArrayList<LogRecord>();
    List<LogRecord> log = ShopLog.generate(seed, 60, Disorder.TOLERATED);
    for (LogRecord r : Interleavings.withinOutOfOrderness(log, ShopStream.RULES, seed)) {
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
}
