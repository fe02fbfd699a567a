package dev.millrace.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stays is named, and what was decided about it stands (reliability.md §2, L1, L2, L5). */
class RetentionIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static LossCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = LossCluster.start();
  }

  @AfterAll
  static void close() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aDeletionThatHasBegunIsFinishedWhateverIsEditedAndWhoeverDies() throws IOException {
    var tenant = complete(cluster.tenant().create("Delete"));
    cluster.neighbours().podsAway(true);
    try {
      tenant.pipeline().delete();
      await("the end of the topics")
          .atMost(PATIENCE)
          .until(() -> cluster.neighbours().recordsInKafka(tenant.namespace()).isEmpty());
      tenant.pipeline().patch("{\"spec\":{\"freshness\":{\"target\":\"5m\"}}}");
      tenant.pipeline().patch("{\"spec\":{\"deletionPolicy\":\"Retain\"}}");
      cluster.killOperator();
      cluster.startOperator();
    } finally {
      cluster.neighbours().podsAway(false);
    }

    tenant.awaitGone();

    await("the end of the volume").atMost(PATIENCE).until(() -> tenant.data().lines().isEmpty());
    assertThat(tenant.events("Retained")).isEmpty();
    assertThat(tenant.events("RetainedPolicyTooNew")).isEmpty();
  }

  @Test
  void oneEventNamesAllThatStays() {
    var tenant = complete(cluster.tenant().create("Retain"));
    String namespace = tenant.namespace();

    tenant.delete();

    assertThat(tenant.events("Retained"))
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
    var tenant = complete(cluster.tenant().create("Retain"));
    tenant.delete();
    assertThat(tenant.events("Adopted")).isEmpty();

    tenant.create("Delete");

    assertThat(tenant.events("Adopted"))
        .containsExactly(
            ("took up again what an earlier resource of this name left: PersistentVolumeClaim"
                    + " NS/data-card-fraud-redis-0, Secret NS/card-fraud-redis")
                .replace("NS", tenant.namespace()));

    tenant.delete();

    await("the end of the volume").atMost(PATIENCE).until(() -> tenant.data().lines().isEmpty());
  }

  private static Tenant complete(Tenant tenant) {
    await("all data of " + tenant.namespace())
        .atMost(PATIENCE)
        .until(() -> tenant.data().lines().size() == 5);
    return tenant;
  }
}
