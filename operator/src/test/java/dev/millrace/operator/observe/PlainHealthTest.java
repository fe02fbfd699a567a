package dev.millrace.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth.Progressing;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import org.junit.jupiter.api.Test;

class PlainHealthTest {
  private static final ChildRef REDIS = new ChildRef("StatefulSet", "fraud", "card-redis");
  private static final ChildRef CRON = new ChildRef("CronJob", "fraud", "chargeback-45d");

  @Test
  void aStatefulSetIsReadyWhenAllReplicasAreOfThisGeneration() {
    assertThat(
            redis(
                "observedGeneration: 2, readyReplicas: 1, availableReplicas: 1,"
                    + " updatedReplicas: 1"))
        .isEqualTo(ChildHealth.READY);
    assertThat(
            redis(
                "observedGeneration: 1, readyReplicas: 1, availableReplicas: 1,"
                    + " updatedReplicas: 1"))
        .isEqualTo(
            progressing(
                "StatefulSet fraud/card-redis has changed, nobody has looked at it since;"
                    + " wait"));
    assertThat(redis("observedGeneration: 2"))
        .isEqualTo(
            progressing(
                "StatefulSet fraud/card-redis has 0 of 1 pods ready; look at pod card-redis-0"));
    assertThat(redis("observedGeneration: 2, readyReplicas: 1, availableReplicas: 1"))
        .isEqualTo(progressing("StatefulSet fraud/card-redis is restarting its pods; wait"));
    assertThat(StatefulSetHealth.of(null, REDIS))
        .isEqualTo(progressing("StatefulSet fraud/card-redis does not exist yet; it is created"));
  }

  @Test
  void aCronJobIsReadyWhenItIsAsWanted() {
    CronJob running = Objects.of("{kind: CronJob, metadata: {name: c}, spec: {}}", CronJob.class);
    CronJob suspended =
        Objects.of("{kind: CronJob, metadata: {name: c}, spec: {suspend: true}}", CronJob.class);

    assertThat(CronJobHealth.of(running, CRON, WantedState.RUNNING)).isEqualTo(ChildHealth.READY);
    assertThat(CronJobHealth.of(suspended, CRON, WantedState.SUSPENDED))
        .isEqualTo(ChildHealth.READY);
    assertThat(CronJobHealth.of(null, CRON, WantedState.SUSPENDED)).isEqualTo(ChildHealth.READY);
    assertThat(CronJobHealth.of(suspended, CRON, WantedState.RUNNING))
        .isEqualTo(
            new Progressing(
                Reason.CHILD_NOT_READY,
                "CronJob fraud/chargeback-45d is suspended; it is put right"));
    assertThat(CronJobHealth.of(null, CRON, WantedState.RUNNING)).isInstanceOf(Progressing.class);
  }

  @Test
  void whatHasNoStateIsReadyWhenItIsThere() {
    var ref = new ChildRef("ConfigMap", "fraud", "card-fraud-9a1f");

    assertThat(ExistenceHealth.of(new ConfigMap(), ref)).isEqualTo(ChildHealth.READY);
    assertThat(ExistenceHealth.of(null, ref))
        .isEqualTo(
            new Progressing(
                Reason.CHILD_NOT_READY,
                "ConfigMap fraud/card-fraud-9a1f does not exist yet; it is created"));
  }

  @Test
  void aChildIsNamedFromItsOwnersNamespace() {
    assertThat(REDIS.text("fraud")).isEqualTo("card-redis");
    assertThat(REDIS.text("other")).isEqualTo("fraud/card-redis");
    assertThat(REDIS).hasToString("StatefulSet fraud/card-redis");
  }

  private static Progressing progressing(String message) {
    return new Progressing(Reason.STORE_NOT_READY, message);
  }

  private static ChildHealth redis(String status) {
    return StatefulSetHealth.of(
        Objects.of(
            "{kind: StatefulSet, metadata: {name: r, generation: 2}, spec: {replicas: 1}, status: {"
                + status
                + "}}",
            StatefulSet.class),
        REDIS);
  }
}
