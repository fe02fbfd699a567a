package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.kernel.Aggregate;
import dev.millrace.kernel.InputType;
import dev.millrace.kernel.LogJudge;
import dev.millrace.kernel.SourceVerdict;
import dev.millrace.kernel.WindowColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Copies at every distance in event time, around the horizon and far beyond, with ids of every
 * length, keys that are missing, and state restored from bytes in between: the kernel accepts
 * exactly what the oracle accepts.
 */
class DeduplicationTest {
  private static final long SLIDE = LogRules.MINUTE;
  private static final LogRules RULES =
      new LogRules(SLIDE, 10_000, 2 * LogRules.HOUR, 5 * LogRules.MINUTE, 10_000_000);
  private static final List<InputType> INPUTS = List.of(InputType.PRESENCE);
  private static final List<WindowColumn> COLUMNS =
      List.of(new WindowColumn(0, Aggregate.COUNT, LogRules.HOUR, SLIDE, 0, 0, 0));

  @Test
  void acceptsExactlyWhatTheOracleAccepts() {
    var found = new EnumMap<OracleVerdict, Integer>(OracleVerdict.class);
    for (long seed = 1; seed <= 500; seed++) {
      List<LogRecord> log = log(new Random(seed));
      List<JudgedRecord> expected = new NaiveLog(RULES).judge(log);
      assertThat(new Kernel(seed).judge(log)).as("seed %d", seed).isEqualTo(expected);
      expected.forEach(judged -> found.merge(judged.verdict(), 1, Integer::sum));
    }
    assertThat(found.keySet())
        .contains(OracleVerdict.LATE, OracleVerdict.DUPLICATE, OracleVerdict.ACCEPTED);
    assertThat(found.values()).allSatisfy(count -> assertThat(count).isGreaterThan(1_000));
  }

  /** Few ids, used again and again; the clock moves by minutes, sometimes by hours. */
  private static List<LogRecord> log(Random random) {
    boolean isText = random.nextBoolean();
    long now = 1_700_000_000_000L;
    var log = new ArrayList<LogRecord>();
    for (int i = 0; i < 120; i++) {
      now += random.nextInt(10) == 0 ? random.nextInt(20_000_000) : random.nextInt(400_000);
      long back = random.nextInt(3) == 0 ? random.nextInt(9_000_000) : random.nextInt(5_000);
      int number = random.nextInt(12);
      EventId id =
          isText ? EventId.of("id-" + "x".repeat(2 * number) + number) : EventId.of(number);
      log.add(new LogRecord(0, i, now, now - back, id, keys(random), Arrays.asList(Boolean.TRUE)));
    }
    return log;
  }

  /** The first entity judges unless its key is missing. */
  private static List<String> keys(Random random) {
    return random.nextInt(4) == 0
        ? Arrays.asList(null, "item" + random.nextInt(2))
        : Arrays.asList("card" + random.nextInt(2), "item" + random.nextInt(2));
  }

  /** One judge, one state per judging entity and key, all at one clock. */
  private static final class Kernel {
    private final Random random;
    private final LogJudge judge =
        new LogJudge(
            SLIDE,
            RULES.maxOutOfOrdernessMillis(),
            RULES.allowedLatenessMillis(),
            RULES.maxFutureSkewMillis());
    private final Map<String, KernelKey> keys = new HashMap<>();
    private final Map<String, MapBodyStore> bodies = new HashMap<>();

    Kernel(long seed) {
      random = new Random(seed);
    }

    List<JudgedRecord> judge(List<LogRecord> log) {
      return log.stream().map(this::judge).toList();
    }

    private JudgedRecord judge(LogRecord record) {
      if (judge.judge(record.ts(), record.arrival()) == SourceVerdict.LATE) {
        return new JudgedRecord(record, OracleVerdict.LATE, 0);
      }
      var accepted =
          new JudgedRecord(record, OracleVerdict.ACCEPTED, judge.visibleFrom(record.ts()));
      int entity = accepted.judgingEntity().orElseThrow();
      String name = entity + record.keys().get(entity);
      KernelKey key =
          keys.computeIfAbsent(
              name, n -> new KernelKey(SLIDE, RULES.horizonMillis(), INPUTS, COLUMNS));
      boolean isNew = key.offer(accepted.event());
      if (random.nextInt(8) == 0) {
        MapBodyStore body = bodies.computeIfAbsent(name, n -> new MapBodyStore());
        key.restore(key.state().flush(body), body);
      }
      keys.values().forEach(this::advance);
      return isNew ? accepted : new JudgedRecord(record, OracleVerdict.DUPLICATE, 0);
    }

    private void advance(KernelKey key) {
      long clock = judge.progress() - RULES.maxOutOfOrdernessMillis();
      while (key.state().nextTouch() <= clock) {
        key.state().advance(key.state().nextTouch());
      }
    }
  }
}
