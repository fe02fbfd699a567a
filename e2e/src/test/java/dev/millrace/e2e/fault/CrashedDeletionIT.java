package dev.millrace.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.cluster.SideBySide;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The operator dies at every write of a deletion, with Retain and with Delete, and is started again
 * (reliability.md §5, E): what is to be kept is the same objects and records, what is to go goes,
 * and the pipeline is gone in the end. {@code -Dcampaign.points=all} dies at each moment of each
 * write, not at one of the three; {@code -Dseed} repeats a choice.
 */
class CrashedDeletionIT {
  @RegisterExtension static final FaultCampaign CAMPAIGN = new FaultCampaign();

  private static final boolean EVERY_MOMENT =
      System.getProperty("campaign.points", "").equals("all");
  private static final int DELETION = 1;
  private static final List<Lifecycle> LIVES =
      List.of(
          new Lifecycle("Retain", true, List.of(Lifecycles.CREATE, Lifecycles.DELETE)),
          new Lifecycle(
              "Delete", false, List.of(Lifecycles.CREATE_TO_DELETE, Lifecycles.DELETE_ALL)));

  private final AtomicInteger deaths = new AtomicInteger();

  @TestFactory
  List<DynamicTest> endsAsIfTheOperatorHadNotDied() {
    long begin = System.nanoTime();
    var random = new Random(FaultCampaign.seed("CrashedDeletionIT"));
    var traces = LIVES.stream().map(life -> CAMPAIGN.submit(run -> run.undisturbed(life))).toList();
    var tests = new ArrayList<DynamicTest>();
    for (var each : traces) {
      var trace = each.join();
      var points = points(trace, random);
      assertThat(points).as("writes of a deletion").hasSizeGreaterThan(5);
      for (var point : points) {
        tests.add(
            SideBySide.test(
                trace.lifecycle() + ": " + point, CAMPAIGN.submit(run -> die(run, trace, point))));
      }
    }
    int points = tests.size();
    tests.add(DynamicTest.dynamicTest("has died everywhere", () -> died(begin, points)));
    return tests;
  }

  private static List<KillPoint> points(Trace trace, Random random) {
    int writes = trace.steps().get(DELETION).writes().size();
    var points = KillPoint.shuffled(DELETION, writes, random);
    return EVERY_MOMENT ? points : points.subList(0, writes);
  }

  private KillPoint die(LifecycleRun run, Trace trace, KillPoint point) {
    run.disturbed(
        trace, Map.of(DELETION, point.disturbance()), (step, death) -> deaths.incrementAndGet());
    return point;
  }

  private void died(long begin, int points) {
    CAMPAIGN.awaitAll();
    System.out.printf(
        "E: %d deaths in deletions in %d s; A19: %d statuses judged%n",
        deaths.get(), (System.nanoTime() - begin) / 1_000_000_000, CAMPAIGN.looks());
    assertThat(deaths.get()).isEqualTo(points);
  }
}
