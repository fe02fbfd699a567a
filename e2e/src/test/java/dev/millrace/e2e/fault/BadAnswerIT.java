package dev.millrace.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.cluster.SideBySide;
import dev.millrace.e2e.proxy.Fault;
import dev.millrace.e2e.proxy.Faults;
import dev.millrace.e2e.proxy.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every call of the operator to the API gets each bad answer once, during one life, and every step
 * ends as it does without that (reliability.md §4.2 and §5, A6). {@code -Dcampaign.answers} picks
 * some of them, by name, separated by commas.
 */
class BadAnswerIT {
  @RegisterExtension static final FaultCampaign CAMPAIGN = new FaultCampaign();

  @TestFactory
  Iterable<DynamicTest> healsFromEveryAnswer() {
    long begin = System.nanoTime();
    var tests = new ArrayList<DynamicTest>();
    var trace = CAMPAIGN.submit(run -> run.undisturbed(Lifecycles.SHORT));
    tests.add(SideBySide.test("undisturbed", trace));
    var strikes = new AtomicInteger();
    answers()
        .forEach(
            (name, fault) ->
                tests.add(
                    SideBySide.test(
                        name,
                        CAMPAIGN.after(
                            trace, undisturbed -> run -> life(run, undisturbed, fault, strikes)))));
    tests.add(DynamicTest.dynamicTest("figures", () -> figures(begin, strikes)));
    return tests;
  }

  private void figures(long begin, AtomicInteger strikes) {
    CAMPAIGN.awaitAll();
    System.out.printf(
        "A6: %d bad answers in %d s; A19: %d statuses judged%n",
        strikes.get(), (System.nanoTime() - begin) / 1_000_000_000, CAMPAIGN.looks());
    assertThat(strikes.get()).isPositive();
  }

  private static Set<String> life(
      LifecycleRun run, Trace trace, Fault fault, AtomicInteger strikes) {
    var everywhere = new OncePerSite(fault);
    var disturbances = new HashMap<Integer, Disturbance>();
    IntStream.range(0, trace.steps().size()).forEach(step -> disturbances.put(step, everywhere));

    run.disturbed(trace, disturbances, (step, struck) -> {});

    assertThat(everywhere.sites()).as("places that were struck").hasSizeGreaterThan(15);
    strikes.addAndGet(everywhere.sites().size());
    return everywhere.sites();
  }

  private static Map<String, Fault> answers() {
    var answers = new LinkedHashMap<String, Fault>();
    // The longest first: the others run beside it.
    answers.put("stall", Faults.stall(Duration.ofSeconds(Integer.getInteger("campaign.stall", 3))));
    for (int code : new int[] {401, 403, 404, 409, 410, 422, 500, 503, 504}) {
      answers.put(Integer.toString(code), Faults.answer(code));
    }
    answers.put("429", Faults.retryAfter(429, 1));
    answers.put("quota", Faults.answer(403, "Forbidden", "exceeded quota: compute"));
    answers.put("reset", Faults.reset(Moment.BEFORE_FORWARD));
    answers.put("lost answer", Faults.reset(Moment.AFTER_COMMIT));
    answers.put("truncated", Faults.truncate());
    answers.put("TLS failure", Faults.tlsFailure());
    var picked = System.getProperty("campaign.answers", "");
    if (!picked.isEmpty()) {
      answers.keySet().retainAll(List.of(picked.split(",")));
    }
    return answers;
  }
}
