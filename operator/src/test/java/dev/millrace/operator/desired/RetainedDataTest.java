package dev.millrace.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.TestPlans;
import dev.millrace.operator.plan.PipelinePlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A deletion names all that stays (reliability.md §2, L1). */
class RetainedDataTest {
  @Test
  void namesEveryPlaceOfARegisteredStore() {
    PipelinePlan plan = plan("");

    assertThat(RetainedData.of(List.of(plan)))
        .containsExactly(
            "topic fraud.payments.tx",
            "topic fraud.payments.tx.late",
            "topic fraud.payments.tx.dead",
            "values of version 1 in Redis \"default\" until they expire, 121m after their last"
                + " change",
            "events, features and savepoints below " + plan.location());
    assertThat(RetainedData.store(List.of(plan))).isEmpty();
  }

  @Test
  void namesVolumeAndCredentialOfAManagedStore() {
    PipelinePlan plan = plan("  online: {managed: {memory: 1Gi, storage: 1Gi}}");

    assertThat(RetainedData.of(List.of(plan))).noneMatch(line -> line.contains("Redis"));
    assertThat(RetainedData.store(List.of(plan, plan)))
        .containsExactly(
            "Secret fraud/card-fraud-redis", "PersistentVolumeClaim fraud/data-card-fraud-redis-0");
  }

  private static PipelinePlan plan(String more) {
    return TestPlans.of(TestPlans.CARD_FRAUD + more);
  }
}
