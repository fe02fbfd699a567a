package dev.millrace.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.platform.PlatformExtension;
import dev.millrace.e2e.proxy.Fault;
import dev.millrace.e2e.proxy.Faults;
import dev.millrace.e2e.proxy.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every call of the operator to the API gets each bad answer once, during one life, and every step
 * ends as it does without that (reliability.md §4.2 and §5, A6). {@code -Dfault.answers} picks some
 * of them, by name, separated by commas.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadAnswerIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private FaultCampaign campaign;
  private Trace trace;

  @AfterAll
  void close() {
    if (campaign != null) {
      campaign.close();
    }
  }

  @TestFactory
  Iterable<DynamicTest> healsFromEveryAnswer() {
    campaign = new FaultCampaign(PLATFORM);
    var tests = new ArrayList<DynamicTest>();
    tests.add(
        DynamicTest.dynamicTest(
            "undisturbed", () -> trace = campaign.run().undisturbed(Lifecycles.SHORT)));
    answers().forEach((name, fault) -> tests.add(DynamicTest.dynamicTest(name, () -> life(fault))));
    return tests;
  }

  private void life(Fault fault) {
    assertThat(trace).as("undisturbed life").isNotNull();
    var everywhere = new OncePerSite(fault);
    var disturbances = new HashMap<Integer, Disturbance>();
    IntStream.range(0, trace.steps().size()).forEach(step -> disturbances.put(step, everywhere));

    campaign.run().disturbed(trace, disturbances, struck -> {});

    System.out.println(fault + " at " + everywhere.sites());
    assertThat(everywhere.sites()).as("places that were struck").hasSizeGreaterThan(5);
  }

  private static Map<String, Fault> answers() {
    var answers = new LinkedHashMap<String, Fault>();
    for (int code : new int[] {401, 403, 404, 409, 410, 422, 500, 503, 504}) {
      answers.put(Integer.toString(code), Faults.answer(code));
    }
    answers.put("429", Faults.retryAfter(429, 1));
    answers.put("quota", Faults.answer(403, "Forbidden", "exceeded quota: compute"));
    answers.put("reset", Faults.reset(Moment.BEFORE_FORWARD));
    answers.put("lost answer", Faults.reset(Moment.AFTER_COMMIT));
    answers.put("truncated", Faults.truncate());
    answers.put("TLS failure", Faults.tlsFailure());
    answers.put("stall", Faults.stall(Duration.ofSeconds(Integer.getInteger("fault.stall", 3))));
    var picked = System.getProperty("fault.answers", "");
    if (!picked.isEmpty()) {
      answers.keySet().retainAll(List.of(picked.split(",")));
    }
    return answers;
  }
}
