package dev.millrace.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.platform.PlatformExtension;
import dev.millrace.e2e.proxy.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The operator dies before a write, after it but before the answer, or after the answer, and is
 * started again: every step of every life ends as it does without that (reliability.md §5, A2).
 * {@code -Dfault.points} is the number of deaths, {@code -Dseed} repeats a run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final int POINTS = Integer.getInteger("fault.points", 40);

  private FaultCampaign campaign;
  private int deaths;

  @AfterAll
  void close() {
    if (campaign != null) {
      campaign.close();
    }
  }

  @TestFactory
  Iterable<DynamicTest> endsAsIfTheOperatorHadNotDied() {
    campaign = new FaultCampaign(PLATFORM);
    var random = new Random(FaultCampaign.seed("CrashIT"));
    var traces = new HashMap<Lifecycle, Trace>();
    var tests = new ArrayList<DynamicTest>();
    for (var lifecycle : List.of(Lifecycles.RETAIN, Lifecycles.DELETE_ALL)) {
      tests.add(
          DynamicTest.dynamicTest(
              "undisturbed: " + lifecycle,
              () -> traces.put(lifecycle, campaign.run().undisturbed(lifecycle))));
    }
    int planned = 0;
    for (int tour = 0; planned < POINTS; tour++) {
      // Two of three tours lead through the long life: it has more to interrupt.
      var lifecycle = tour % 3 == 2 ? Lifecycles.DELETE_ALL : Lifecycles.RETAIN;
      int steps = lifecycle.steps().size();
      tests.add(
          DynamicTest.dynamicTest(
              "tour " + tour,
              () -> {
                assertThat(traces).as("undisturbed lives").containsKey(lifecycle);
                tour(traces.get(lifecycle), random);
              }));
      planned += steps;
    }
    int wanted = Math.min(POINTS, planned) * 9 / 10;
    tests.add(
        DynamicTest.dynamicTest(
            "has died often enough", () -> assertThat(deaths).isGreaterThanOrEqualTo(wanted)));
    return tests;
  }

  private void tour(Trace trace, Random random) {
    var points = points(trace, random);
    var disturbances = new HashMap<Integer, Disturbance>();
    points.forEach((step, point) -> disturbances.put(step, point.disturbance()));
    System.out.println("kills at " + points.values());
    campaign.run().disturbed(trace, disturbances, death -> deaths++);
  }

  /** One death in each step that writes anything. */
  private static Map<Integer, KillPoint> points(Trace trace, Random random) {
    var points = new HashMap<Integer, KillPoint>();
    for (int step = 0; step < trace.steps().size(); step++) {
      int writes = trace.steps().get(step).writes().size();
      if (writes > 0) {
        var moment = Moment.values()[random.nextInt(Moment.values().length)];
        points.put(step, new KillPoint(step, 1 + random.nextInt(writes), moment));
      }
    }
    return points;
  }
}
