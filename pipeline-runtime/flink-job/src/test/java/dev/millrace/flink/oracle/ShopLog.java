package dev.millrace.flink.oracle;

import dev.millrace.flink.stack.JobRun;
import dev.millrace.testkit.EventStreams;
import dev.millrace.testkit.LogRecord;
import dev.millrace.testkit.StreamShape.Disorder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Logs of the shop's stream as Kafka holds them. */
public final class ShopLog {
  public static final int PARTITIONS = 3;

  private ShopLog() {}

  public static List<LogRecord> generate(long seed, int events, Disorder disorder) {
    return EventStreams.generate(
        seed, ShopStream.shape(events, PARTITIONS, disorder), ShopStream.RULES);
  }

  /** The records with both keys and offsets without holes. */
  public static List<LogRecord> shop(List<LogRecord> log) {
    var next = new TreeMap<Integer, Long>();
    var shop = new ArrayList<LogRecord>();
    for (LogRecord record : log) {
      long offset = next.merge(record.partition(), 1L, Long::sum) - 1;
      shop.add(ShopStream.shop(record, offset));
    }
    return shop;
  }

  public static void send(JobRun run, List<LogRecord> log) {
    for (LogRecord record : log) {
      run.topics().send(record.partition(), record.arrival(), ShopStream.json(record));
    }
    run.topics().flush();
  }

  /** The seed of a run, printed so that it can be repeated. */
  public static long seed(String what) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println(what + ": -Dseed=" + seed);
    return seed;
  }
}
