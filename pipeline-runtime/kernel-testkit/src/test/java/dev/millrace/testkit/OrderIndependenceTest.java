package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.kernel.WindowColumn;
import dev.millrace.testkit.StreamShape.Disorder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Any interleaving of partitions and any order of arrival within maxOutOfOrderness give rows that
 * are equal to the last bit (semantics.md §3), sketches included.
 */
class OrderIndependenceTest {
  private static final LogRules RULES = new LogRules(1_000, 10_000, 60_000, 10_000, LogRules.HOUR);

  @Test
  void interleavingsOfPartitionsChangeNothing() {
    for (long seed = 1; seed <= 100; seed++) {
      List<WindowColumn> columns = columns(seed);
      List<LogRecord> log = EventStreams.generate(seed, shape(Disorder.EVERYTHING), RULES);
      KernelJob one = run(seed, columns, log);
      KernelJob other = run(-seed, columns, Interleavings.ofPartitions(log, seed));

      assertThat(other.rows).as("seed %d, columns %s", seed, columns).isEqualTo(one.rows);
      assertThat(other.verdicts).containsExactlyInAnyOrderElementsOf(one.verdicts);
      assertThat(one.rows).isNotEmpty();
    }
  }

  @Test
  void ordersOfArrivalWithinOutOfOrdernessChangeNothing() {
    for (long seed = 1; seed <= 100; seed++) {
      List<WindowColumn> columns = columns(seed);
      List<LogRecord> log = EventStreams.generate(seed, shape(Disorder.TOLERATED), RULES);
      List<LogRecord> shuffled = Interleavings.withinOutOfOrderness(log, RULES, seed);
      KernelJob one = run(seed, columns, log);
      KernelJob other = run(-seed, columns, shuffled);

      assertThat(other.rows).as("seed %d, columns %s", seed, columns).isEqualTo(one.rows);
      assertThat(other.verdicts).allMatch(JudgedRecord::isAccepted).hasSize(log.size());
    }
  }

  private static KernelJob run(long seed, List<WindowColumn> columns, List<LogRecord> log) {
    return new KernelJob(RULES, RandomLayout.INPUTS, columns, 3, seed, 0.05)
        .run(log, new NaiveLog(RULES));
  }

  private static List<WindowColumn> columns(long seed) {
    return RandomLayout.small(RULES.slideMillis()).columns(new Random(seed));
  }

  private static StreamShape shape(Disorder disorder) {
    return new StreamShape(
        120, 5, 3, 1_650_000_000_000L, 1_500, 200_000, true, disorder, RandomLayout.INPUTS);
  }
}
