package dev.millrace.e2e.steady;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static dev.millrace.e2e.neighbour.Kinds.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.OperatorProcess;
import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.cluster.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * At rest an operator with the shipped settings costs nothing: no write, a look at each resource
 * per resync, next to no processor time (reliability.md §5, A8). {@code -Didle.seconds=120} watches
 * longer, {@code -Didle.pairs=250} watches more.
 */
class IdleIT {
  private static final int PAIRS = Integer.getInteger("idle.pairs", 50);
  private static final Duration WATCHED =
      Duration.ofSeconds(Integer.getInteger("idle.seconds", 60));
  private static final Duration RESYNC = Duration.ofMinutes(5);
  private static final int TENANTS = 10;

  /** For a hundred resources at once, beside whatever else the machine does. */
  private static final Duration BEGINNING = Duration.ofMinutes(3);

  /** Half of the longest pause while something is on its way: what settles has settled. */
  private static final Duration CALM = Duration.ofSeconds(15);

  @RegisterExtension static final QuickClusterExtension QUICK = QuickClusterExtension.shared();

  private final List<Tenant> tenants = new ArrayList<>();

  @Test
  void costsNothing() {
    long begun = System.nanoTime();
    try (var operator =
        QUICK
            .cluster()
            .startOperator(OperatorOptions.ALONE.withResync((int) RESYNC.toSeconds()))
            .awaitReady()) {
      Duration start = Duration.ofNanos(System.nanoTime() - begun);
      var lifelong = OperatorWrites.of(QUICK.cluster());
      create();
      awaitReady();
      lifelong.awaitCalm(CALM);

      var idle = OperatorWrites.of(QUICK.cluster());
      long clocks = OperatorProcesses.watermarks(operator);
      var before = Cost.of(operator);
      await("a while").pollDelay(WATCHED).atMost(WATCHED.plusSeconds(10)).until(operator::isAlive);
      Cost spent = Cost.of(operator).since(before);

      System.out.printf(
          "steady: %d pairs watched for %d s: %d writes, %d reconciles, %.2f %% of a core;"
              + " %d MiB resident; ready %.1f s after its start%n",
          PAIRS,
          WATCHED.toSeconds(),
          idle.writes().size(),
          spent.reconciles(),
          spent.percentOfACore(),
          OperatorProcesses.residentMebibytes(operator),
          start.toMillis() / 1000.0);
      assertThat(idle.texts()).isEmpty();
      assertThat(spent.reconciles())
          .isLessThanOrEqualTo(2L * PAIRS * WATCHED.toSeconds() / RESYNC.toSeconds());
      assertThat(spent.percentOfACore()).isLessThan(1.0);
      assertThat(OperatorProcesses.watermarks(operator))
          .as("what the jobs said, read all the same")
          .isGreaterThan(clocks);
    }
  }

  private void create() {
    for (int i = 0; i < TENANTS; i++) {
      tenants.add(QUICK.cluster().tenant().patient(BEGINNING));
    }
    for (int i = 0; i < PAIRS; i++) {
      Tenant tenant = tenants.get(i % TENANTS);
      String name = "pair-" + i;
      boolean odd = i < TENANTS;
      String pipeline = odd ? Samples.oddPipeline(name) : Samples.plainPipeline(name);
      String window = odd ? Samples.oddWindow(name, name) : Samples.plainWindow(name, name);
      tenant.create(Samples.withTopicsOfItsOwn(pipeline, i));
      tenant.create(Samples.withTopicsOfItsOwn(window, i));
    }
  }

  private void awaitReady() {
    for (int i = 0; i < PAIRS; i++) {
      tenants.get(i % TENANTS).awaitReady(PIPELINE, "pair-" + i);
      tenants.get(i % TENANTS).awaitReady(WINDOW, "pair-" + i);
    }
  }

  /** What an operator has used up since its start. */
  private record Cost(long reconciles, Duration processorTime, long atNanos) {
    static Cost of(OperatorProcess operator) {
      return new Cost(
          OperatorProcesses.reconciles(operator),
          OperatorProcesses.processorTime(operator),
          System.nanoTime());
    }

    Cost since(Cost before) {
      return new Cost(
          reconciles - before.reconciles,
          processorTime.minus(before.processorTime),
          atNanos - before.atNanos);
    }

    double percentOfACore() {
      return 100.0 * processorTime.toNanos() / atNanos;
    }
  }
}
