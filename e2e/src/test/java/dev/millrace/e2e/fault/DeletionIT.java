package dev.millrace.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.e2e.platform.PlatformExtension;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A pipeline is deleted while something is in the way (reliability.md §5, A13): it says so within
 * half a minute, it is gone in the end, nothing that computes is left, and data is kept unless its
 * deletion was asked for. {@code -Dfault.repeat} repeats every case.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeletionIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final int REPEAT = Integer.getInteger("fault.repeat", 1);

  private FaultCampaign campaign;

  @AfterAll
  void close() {
    if (campaign != null) {
      campaign.close();
    }
  }

  @TestFactory
  Iterable<DynamicTest> endsAndKeepsWhatItHasToKeep() {
    campaign = new FaultCampaign(PLATFORM);
    var tests = new ArrayList<DynamicTest>();
    for (int round = 0; round < REPEAT; round++) {
      for (var harm : Harm.all()) {
        tests.add(DynamicTest.dynamicTest(harm.toString(), () -> delete(harm)));
      }
      tests.add(DynamicTest.dynamicTest("finalizer removed by hand", this::finalizerByHand));
      tests.add(DynamicTest.dynamicTest("Delete in the same breath", this::policyTooNew));
    }
    tests.add(DynamicTest.dynamicTest("Delete: the namespace goes", this::namespaceGoes));
    return tests;
  }

  private void delete(Harm harm) {
    var run = campaign.run();
    run.begin();
    run.take(harm.create());
    harm.begin().accept(campaign);
    try {
      campaign.subject().delete();
      saysWhyOrIsGone();
      if (harm.heals()) {
        campaign.session().plan().heal();
      }
      LifecycleRun.patiently("its end").until(campaign.subject()::isGone);
    } finally {
      campaign.session().plan().heal();
      campaign.neighbours().flink().away(false);
      campaign.neighbours().topics().away(false);
    }
    run.end(harm.keepsData());
  }

  private void finalizerByHand() {
    var run = campaign.run();
    run.begin();
    run.take(Lifecycles.CREATE);
    campaign.session().kill();

    campaign.subject().delete();
    campaign.subject().patch("{\"metadata\":{\"finalizers\":null}}");

    LifecycleRun.patiently("its end").until(campaign.subject()::isGone);
    campaign.session().awaitReady();
    run.end(true);
    assertThat(campaign.subject().children(Kinds.TOPIC)).as("KafkaTopics").hasSize(3);
  }

  private void policyTooNew() {
    var run = campaign.run();
    run.begin();
    run.take(Lifecycles.CREATE);
    campaign.session().kill();

    campaign.subject().patch("{\"spec\":{\"deletionPolicy\":\"Delete\"}}");
    campaign.subject().patch("{\"spec\":{\"stream\":{\"parallelism\":2}}}");
    run.take(Lifecycles.DELETE);

    assertThat(campaign.subject().events()).contains("RetainedPolicyTooNew");
    run.end(true);
  }

  /** Topics lie elsewhere and stay, whatever the policy says; must be the last case. */
  private void namespaceGoes() {
    var run = campaign.run();
    run.begin();
    run.take(Lifecycles.CREATE_TO_DELETE);

    campaign.subject().deleteNamespace();

    LifecycleRun.patiently("its end").until(campaign.subject()::isGone);
    run.end(true);
  }

  private void saysWhyOrIsGone() {
    await("a word about the deletion")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(250))
        .until(
            () -> {
              campaign.session().ensureRunning();
              return campaign.subject().isGone() || campaign.subject().reason().equals("Deleting");
            });
  }
}
