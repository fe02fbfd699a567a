package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.kernel.WindowColumn;
import dev.millrace.testkit.StreamShape.Disorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whole histories through the kernel against the oracle: every verdict and {@code _visible_from},
 * the set of fired grid points of every key, every value of every row, with late entries, offsets,
 * coarse tails, nulls, and restores from flushed bytes in between.
 */
class JobAgainstOracleTest {
  private static final Disorder RARELY =
      new Disorder(0.1, 0.05, 0.01, 0.03, 0.1, 0.1, 0.005, 0.005, 0.005);

  @TestFactory
  List<DynamicTest> smallWindowsAndFreeTails() {
    return seeds(1, 1_000, this::smallCase);
  }

  @TestFactory
  List<DynamicTest> windowsOfTheApiAtThirtySeconds() {
    return seeds(10_001, 300, this::realCase);
  }

  @TestFactory
  List<DynamicTest> windowsOfTheApiAtOneSecond() {
    return seeds(20_001, 200, this::fineCase);
  }

  @TestFactory
  List<DynamicTest> coarseTailsOverDensePanes() {
    return seeds(30_001, 50, this::coarseCase);
  }

  private interface SeededCase {
    void run(long seed);
  }

  /**
   * Twenty-five seeds a test, so that reports stay readable; the failing seed is in the message.
   */
  private static List<DynamicTest> seeds(long first, int count, SeededCase test) {
    var tests = new ArrayList<DynamicTest>();
    for (long from = first; from < first + count; from += 25) {
      long start = from;
      tests.add(
          DynamicTest.dynamicTest(
              "seeds " + start + " to " + (start + 24),
              () -> LongStream.range(start, start + 25).forEach(test::run)));
    }
    return tests;
  }

  private void smallCase(long seed) {
    var random = new Random(seed);
    long slide = random.nextBoolean() ? 1_000 : 7_000;
    var rules = new LogRules(slide, 3 * slide + 1, 20 * slide, 10 * slide, LogRules.HOUR);
    long start = random.nextInt(4) == 0 ? 0 : 1_600_000_000_000L + random.nextInt(1_000_000);
    check(
        seed,
        rules,
        RandomLayout.small(slide).columns(random),
        shape(random, 60, start, slide * (1 + random.nextInt(4)), 400 * slide));
  }

  private void realCase(long seed) {
    var random = new Random(seed);
    check(
        seed,
        LogRules.defaults(30_000),
        RandomLayout.real().columns(random),
        shape(random, 50, 1_700_000_000_123L, 20_000L << random.nextInt(12), 10 * LogRules.DAY));
  }

  private void fineCase(long seed) {
    var random = new Random(seed);
    check(
        seed,
        LogRules.defaults(1_000),
        RandomLayout.fine().columns(random),
        shape(random, 50, 1_700_000_000_123L, 500L << random.nextInt(14), 3 * LogRules.DAY));
  }

  /** One key with many more panes than the kernel keeps without merging them. */
  private void coarseCase(long seed) {
    var random = new Random(seed);
    long slide = 1_000;
    var rules = new LogRules(slide, 3 * slide, 60 * slide, 10 * slide, LogRules.HOUR);
    long start = 1_600_000_000_000L + random.nextInt(1_000_000);
    var shape =
        new StreamShape(800, 1, 1, start, slide, 200 * slide, true, RARELY, RandomLayout.INPUTS);
    check(seed, rules, RandomLayout.coarse(slide, random).columns(random), shape);
  }

  private static StreamShape shape(Random random, int events, long start, long gap, long silence) {
    return new StreamShape(
        events,
        1 + random.nextInt(3),
        1 + random.nextInt(3),
        start,
        gap,
        silence,
        random.nextBoolean(),
        Disorder.EVERYTHING,
        RandomLayout.INPUTS);
  }

  private void check(long seed, LogRules rules, List<WindowColumn> columns, StreamShape shape) {
    List<LogRecord> log = EventStreams.generate(seed, shape, rules);
    NaiveLog oracle = new NaiveLog(rules);
    List<JudgedRecord> judged = oracle.judge(log);
    var job =
        new KernelJob(rules, RandomLayout.INPUTS, columns, shape.partitions(), seed, 0.1)
            .run(log, oracle);

    assertThat(job.verdicts).as("verdicts, seed %d", seed).isEqualTo(judged);
    var windows = new NaiveWindows(rules.slideMillis(), RandomLayout.INPUTS, columns);
    eventsByKey(judged)
        .forEach(
            (key, events) ->
                checkRows("seed " + seed + " key " + key, windows, events, rowsOf(job, key)));
    assertThat(job.hasForgottenEverything())
        .as("ids and panes are dropped, seed %d", seed)
        .isTrue();
  }

  private static Map<String, List<OracleEvent>> eventsByKey(List<JudgedRecord> judged) {
    var events = new TreeMap<String, List<OracleEvent>>();
    for (JudgedRecord record : judged) {
      if (record.isAccepted()) {
        events
            .computeIfAbsent(record.record().keys().get(0), key -> new ArrayList<>())
            .add(record.event());
      }
    }
    return events;
  }

  private static TreeMap<Long, List<Object>> rowsOf(KernelJob job, String key) {
    return job.rows.getOrDefault(key, new TreeMap<>());
  }

  private static void checkRows(
      String where,
      NaiveWindows windows,
      List<OracleEvent> events,
      TreeMap<Long, List<Object>> rows) {
    NavigableSet<Long> expected = windows.firedGridPoints(events, Long.MAX_VALUE - 1);
    assertThat(rows.navigableKeySet())
        .as("fired grid points, %s, columns %s, events %s", where, windows.columns(), events)
        .isEqualTo(expected);
    int step = 1 + rows.size() / 200;
    rows.forEach(
        (t, row) -> {
          if (t / windows.slideMillis() % step != 0) {
            return; // long histories: a sample of the values, but every fired grid point
          }
          for (int i = 0; i < row.size(); i++) {
            assertThat(windows.mismatch(windows.columns().get(i), events, t, row.get(i)))
                .as("%s, events %s", where, events)
                .isNull();
          }
        });
  }
}
