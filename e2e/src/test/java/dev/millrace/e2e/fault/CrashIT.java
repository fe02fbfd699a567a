package dev.millrace.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.cluster.SideBySide;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The operator dies before a write, after it but before the answer, or after the answer, and is
 * started again: every step of every life ends as it does without that (reliability.md §5, A2).
 * {@code -Dcampaign.points} is the number of deaths, or {@code all}: each moment of each write that
 * the undisturbed lives have; {@code -Dseed} repeats a choice.
 */
class CrashIT {
  @RegisterExtension static final FaultCampaign CAMPAIGN = new FaultCampaign();

  private static final String POINTS = System.getProperty("campaign.points", "40");

  /** More than any life has, at three moments of each write. */
  private static final int ALL_TOURS = 200;

  private final Map<String, Integer> deaths = new ConcurrentSkipListMap<>();

  @TestFactory
  Iterable<DynamicTest> endsAsIfTheOperatorHadNotDied() {
    long begin = System.nanoTime();
    long seed = FaultCampaign.seed("CrashIT");
    var tests = new ArrayList<DynamicTest>();
    var traces = new HashMap<Lifecycle, CompletableFuture<Trace>>();
    for (var lifecycle : Lifecycles.ALL) {
      var trace = CAMPAIGN.submit(run -> run.undisturbed(lifecycle));
      traces.put(lifecycle, trace);
      tests.add(SideBySide.test("undisturbed: " + lifecycle, trace));
    }
    int planned = 0;
    for (int tour = 0; planned < wanted(); tour++) {
      for (var lifecycle : Lifecycles.ALL) {
        int most = Math.min(wanted() - planned, lifecycle.steps().size());
        if (most > 0) {
          var life = CAMPAIGN.after(traces.get(lifecycle), tour(seed, tour, most));
          tests.add(SideBySide.test("tour " + tour + ": " + lifecycle, life));
          planned += most;
        }
      }
    }
    tests.add(DynamicTest.dynamicTest("has died everywhere", () -> died(begin)));
    return tests;
  }

  private static int wanted() {
    return POINTS.equals("all") ? ALL_TOURS * everyStep().size() : Integer.parseInt(POINTS);
  }

  private static List<String> everyStep() {
    return Lifecycles.ALL.stream().flatMap(life -> life.steps().stream()).map(Step::name).toList();
  }

  /** One death in each of the first steps, of those that are left for this tour. */
  private Function<Trace, Function<LifecycleRun, Trace>> tour(long seed, int tour, int most) {
    return trace ->
        run -> {
          var disturbances = new HashMap<Integer, Disturbance>();
          var points =
              points(trace, new Random(seed + trace.lifecycle().name().hashCode())).stream()
                  .limit(most)
                  .toList();
          for (var ofStep : points) {
            if (tour < ofStep.size()) {
              var point = ofStep.get(tour);
              disturbances.put(point.step(), point.disturbance());
            }
          }
          if (!disturbances.isEmpty()) {
            System.out.println(trace.lifecycle() + ": dies at " + disturbances.values());
            run.disturbed(trace, disturbances, this::died);
          }
          return trace;
        };
  }

  /** By step: every moment of every write, in the order of the seed. */
  private static List<List<KillPoint>> points(Trace trace, Random random) {
    var points = new ArrayList<List<KillPoint>>();
    for (int step = 0; step < trace.steps().size(); step++) {
      points.add(KillPoint.shuffled(step, trace.steps().get(step).writes().size(), random));
    }
    return points;
  }

  private void died(Step step, Disturbance death) {
    deaths.merge(step.name(), 1, Integer::sum);
  }

  private void died(long begin) {
    CAMPAIGN.awaitAll();
    int sum = deaths.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(
        "A2: %d deaths %s in %d s; A19: %d statuses judged%n",
        sum, deaths, (System.nanoTime() - begin) / 1_000_000_000, CAMPAIGN.looks());
    if (wanted() >= everyStep().size()) {
      assertThat(deaths.keySet()).containsAll(everyStep());
    }
    if (!POINTS.equals("all")) {
      assertThat(sum).isGreaterThanOrEqualTo(wanted());
    }
  }
}
