package dev.millrace.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.e2e.cluster.SideBySide;
import dev.millrace.e2e.neighbour.Kinds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A pipeline is deleted while something is in the way (reliability.md §5, A13): it says so within
 * half a minute, it is gone in the end, nothing that computes is left, and data is kept unless its
 * deletion was asked for. {@code -Dcampaign.repeat} repeats every case.
 */
class DeletionIT {
  @RegisterExtension static final FaultCampaign CAMPAIGN = new FaultCampaign();

  private static final int REPEAT = Integer.getInteger("campaign.repeat", 1);

  @TestFactory
  Iterable<DynamicTest> endsAndKeepsWhatItHasToKeep() {
    long begin = System.nanoTime();
    var tests = new ArrayList<DynamicTest>();
    for (int round = 0; round < REPEAT; round++) {
      for (var harm : Harm.all()) {
        tests.add(test(harm.toString(), run -> delete(run, harm)));
      }
      tests.add(test("finalizer removed by hand", DeletionIT::finalizerByHand));
      tests.add(test("Delete in the same breath", DeletionIT::policyTooNew));
      tests.add(test("Delete: the namespace goes", this::namespaceGoes));
    }
    int cases = tests.size();
    tests.add(DynamicTest.dynamicTest("figures", () -> figures(begin, cases)));
    return tests;
  }

  private DynamicTest test(String name, Consumer<LifecycleRun> life) {
    return SideBySide.test(
        name,
        CAMPAIGN.submit(
            run -> {
              life.accept(run);
              return name;
            }));
  }

  private void figures(long begin, int cases) {
    CAMPAIGN.awaitAll();
    System.out.printf(
        "A13: %d deletions in %d s; A19: %d statuses judged%n",
        cases, (System.nanoTime() - begin) / 1_000_000_000, CAMPAIGN.looks());
    assertThat(CAMPAIGN.looks()).isPositive();
  }

  private static void delete(LifecycleRun run, Harm harm) {
    var lane = run.lane();
    run.begin();
    run.take(harm.create());
    harm.begin().accept(lane);
    try {
      lane.subject().delete();
      saysWhyOrIsGone(lane);
      if (harm.heals()) {
        lane.session().plan().heal();
      }
      LifecycleRun.patiently("its end").until(lane.subject()::isGone);
    } finally {
      lane.heal();
    }
    run.end(harm.keepsData());
  }

  private static void finalizerByHand(LifecycleRun run) {
    var lane = run.lane();
    run.begin();
    run.take(Lifecycles.CREATE);
    lane.session().kill();

    lane.subject().delete();
    lane.subject().patch("{\"metadata\":{\"finalizers\":null}}");

    LifecycleRun.patiently("its end").until(lane.subject()::isGone);
    lane.session().awaitReady();
    run.end(true);
    assertThat(lane.subject().children(Kinds.TOPIC)).as("KafkaTopics").hasSize(3);
  }

  private static void policyTooNew(LifecycleRun run) {
    var subject = run.lane().subject();
    run.begin();
    run.take(Lifecycles.CREATE);
    run.lane().session().kill();

    subject.patch("{\"spec\":{\"deletionPolicy\":\"Delete\"}}");
    subject.patch("{\"spec\":{\"stream\":{\"parallelism\":2}}}");
    run.take(Lifecycles.DELETE);

    assertThat(subject.events()).contains("RetainedPolicyTooNew");
    run.end(true);
  }

  /** Topics lie elsewhere and stay, whatever the policy says. */
  private void namespaceGoes(LifecycleRun other) {
    try (var lane = CAMPAIGN.laneThatGoes()) {
      var run = new LifecycleRun(lane);
      run.begin();
      run.take(Lifecycles.CREATE_TO_DELETE);

      lane.subject().deleteNamespace();

      LifecycleRun.patiently("its end").until(lane.subject()::isGone);
      run.end(true);
    }
  }

  private static void saysWhyOrIsGone(Lane lane) {
    await("a word about the deletion")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(250))
        .until(
            () -> {
              lane.session().ensureRunning();
              return lane.subject().isGone() || lane.subject().reason().equals("Deleting");
            });
  }
}
