package dev.millrace.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.e2e.fault.Kinds;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The ConfigMap with the accepted specs is deleted by another hand: it is made again if the status
 * proves what was in it, and no change passes because nothing is left to compare it with.
 */
class RolloutMemoryIT {
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
  void comesBackAsItWas() {
    var tenant = settled();
    var before = memory(tenant).get();

    memory(tenant).delete();

    await("the memory").atMost(PATIENCE).until(() -> isAnother(before, memory(tenant).get()));
    assertThat(memory(tenant).get().getData()).isEqualTo(before.getData());
    tenant.awaitRunning();
  }

  @Test
  void aChangeThatLosesDataDoesNotPassAsTheFirstSpec() throws IOException {
    var tenant = settled();
    var before = tenant.data();
    var known = memory(tenant).get();
    cluster.killOperator();
    memory(tenant).delete();
    tenant
        .pipeline()
        .patchList(
            "[{\"op\": \"replace\", \"path\": \"/spec/source/topic/retention\", \"value\": \"30d\"}]");
    cluster.startOperator();

    tenant.until(
        "RolloutForgotten", object -> tenant.pipeline().reason().equals("RolloutForgotten"));

    assertThat(
            Tenant.condition(tenant.pipeline().read(), "DefinitionInSync").path("message").asText())
        .isEqualTo(
            "ConfigMap "
                + tenant.namespace()
                + "/card-fraud-rollout was deleted or damaged, so nobody knows what a change would"
                + " lose; restore it as it was, or delete this resource with deletionPolicy: Retain"
                + " and create it again with spec.version: 2");
    assertThat(tenant.data()).isEqualTo(before);
    assertThat(tenant.jobs()).isOne();

    restore(known);
    assertThat(tenant.refusal()).contains("60d to 30d deletes events of topic");
    assertThat(tenant.data()).isEqualTo(before);
  }

  @Test
  void aTopicThatWentWithItIsNotMadeAnew() throws IOException {
    var tenant = settled();
    cluster.killOperator();
    memory(tenant).delete();
    var topics = tenant.pipeline().children(Kinds.TOPIC);
    topics.forEach(topic -> cluster.client().resource(topic).delete());
    await("the end of the topics")
        .atMost(PATIENCE)
        .until(() -> tenant.pipeline().children(Kinds.TOPIC).isEmpty());
    cluster.startOperator();

    tenant.until("TopicReplaced", object -> tenant.pipeline().reason().equals("TopicReplaced"));
    assertThat(tenant.pipeline().children(Kinds.TOPIC)).isEmpty();

    tenant.pipeline().patch("{\"spec\":{\"version\":2}}");
    tenant.awaitRunning();
    assertThat(tenant.pipeline().children(Kinds.TOPIC)).hasSize(3);
  }

  /** A pipeline that runs, once the operator knows its topics. */
  private static Tenant settled() {
    var tenant = cluster.tenant().create("Retain");
    await("the memory")
        .atMost(PATIENCE)
        .until(() -> memory(tenant).get().getData().containsKey("topicIds.json"));
    await("all data").atMost(PATIENCE).until(() -> tenant.data().lines().size() == 5);
    return tenant;
  }

  private static boolean isAnother(ConfigMap before, ConfigMap now) {
    return now != null && !now.getMetadata().getUid().equals(before.getMetadata().getUid());
  }

  private static void restore(ConfigMap map) {
    map.getMetadata().setUid(null);
    map.getMetadata().setResourceVersion(null);
    map.getMetadata().setManagedFields(null);
    cluster.client().resource(map).create();
  }

  private static Resource<ConfigMap> memory(Tenant tenant) {
    return cluster
        .client()
        .configMaps()
        .inNamespace(tenant.namespace())
        .withName("card-fraud-rollout");
  }
}
