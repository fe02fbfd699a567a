package dev.millrace.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What stays is named, and what was decided about it stands (reliability.md §2, L1, L2, L5). */
class RetentionIT {
  @RegisterExtension static final LossCases CASES = new LossCases();

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void aDeletionThatHasBegunIsFinishedWhateverIsEditedAndWhoeverDies() {
    var loss = CASES.running("Delete");
    CASES.cluster().neighbours().podsAway(loss.namespace(), true);
    try {
      loss.delete();
      await("the end of the topics").atMost(PATIENCE).until(() -> loss.records().isEmpty());
      loss.merge("{\"spec\":{\"freshness\":{\"target\":\"5m\"}}}");
      loss.merge("{\"spec\":{\"deletionPolicy\":\"Retain\"}}");
      CASES.operator().kill();
      CASES.operator().awaitReady();
    } finally {
      CASES.cluster().neighbours().podsAway(loss.namespace(), false);
    }

    loss.awaitGone();

    await("the end of the volume").atMost(PATIENCE).until(() -> loss.data().lines().isEmpty());
    assertThat(loss.tenant().events("Retained")).isEmpty();
    assertThat(loss.tenant().events("RetainedPolicyTooNew")).isEmpty();
  }

  @Test
  void oneEventNamesAllThatStays() {
    var loss = CASES.running("Retain");
    String namespace = loss.namespace();

    loss.deleteAndWait();

    assertThat(loss.tenant().events("Retained"))
        .containsExactly(
            "kept topic NS.payments.tx, topic NS.payments.tx.late, topic NS.payments.tx.dead, events,"
                    .replace("NS", namespace)
                + " features and savepoints below s3a://features/NS/featurepipelines/card-fraud,"
                    .replace("NS", namespace)
                + " Secret NS/card-fraud-redis, PersistentVolumeClaim NS/data-card-fraud-redis-0;"
                    .replace("NS", namespace)
                + " remove by hand what is no longer needed");
  }

  @Test
  void whatIsTakenUpIsNamedAndGoesWithItsNewOwner() {
    var loss = CASES.running("Retain");
    loss.deleteAndWait();
    assertThat(loss.tenant().events("Adopted")).isEmpty();

    loss.create("Delete");

    assertThat(loss.tenant().events("Adopted"))
        .containsExactly(
            ("took up again what an earlier resource of this name left: PersistentVolumeClaim"
                    + " NS/data-card-fraud-redis-0, Secret NS/card-fraud-redis")
                .replace("NS", loss.namespace()));

    loss.deleteAndWait();

    await("the end of the volume").atMost(PATIENCE).until(() -> loss.data().lines().isEmpty());
  }
}
