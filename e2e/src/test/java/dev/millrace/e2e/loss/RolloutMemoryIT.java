package dev.millrace.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.neighbour.Kinds;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The ConfigMap with the accepted specs is deleted by another hand: it is made again if the status
 * proves what was in it, and no change passes because nothing is left to compare it with.
 */
class RolloutMemoryIT {
  @RegisterExtension static final LossCases CASES = new LossCases();

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void comesBackAsItWas() {
    var loss = settled();
    var before = memory(loss).get();

    memory(loss).delete();

    await("the memory").atMost(PATIENCE).until(() -> isAnother(before, memory(loss).get()));
    assertThat(memory(loss).get().getData()).isEqualTo(before.getData());
    loss.awaitRunning();
  }

  @Test
  void aChangeThatLosesDataDoesNotPassAsTheFirstSpec() {
    var loss = settled();
    var before = loss.data();
    var known = memory(loss).get();
    CASES.operator().kill();
    memory(loss).delete();
    loss.patch(
        "[{\"op\": \"replace\", \"path\": \"/spec/source/topic/retention\", \"value\": \"30d\"}]");
    CASES.operator().awaitReady();

    loss.until(
        "RolloutForgotten",
        object -> Conditions.reason(object, "Ready").equals("RolloutForgotten"));

    assertThat(Conditions.condition(loss.read(), "DefinitionInSync").path("message").asText())
        .isEqualTo(
            "ConfigMap "
                + loss.namespace()
                + "/card-fraud-rollout was deleted or damaged, so nobody knows what a change would"
                + " lose; restore it as it was, or delete this resource with deletionPolicy: Retain"
                + " and create it again with spec.version: 2");
    assertThat(loss.data()).isEqualTo(before);
    assertThat(loss.tenant().children(Kinds.FLINK)).hasSize(1);

    restore(known);
    assertThat(loss.refusal()).contains("60d to 30d deletes events of topic");
    assertThat(loss.data()).isEqualTo(before);
  }

  @Test
  void aTopicThatWentWithItIsNotMadeAnew() {
    var loss = settled();
    CASES.operator().kill();
    memory(loss).delete();
    var topics = loss.tenant().children(Kinds.TOPIC);
    topics.forEach(topic -> CASES.cluster().client().resource(topic).delete());
    await("the end of the topics")
        .atMost(PATIENCE)
        .until(() -> loss.tenant().children(Kinds.TOPIC).isEmpty());
    CASES.operator().awaitReady();

    loss.until(
        "TopicReplaced", object -> Conditions.reason(object, "Ready").equals("TopicReplaced"));
    assertThat(loss.tenant().children(Kinds.TOPIC)).isEmpty();

    loss.merge("{\"spec\":{\"version\":2}}");
    loss.awaitRunning();
    assertThat(loss.tenant().children(Kinds.TOPIC)).hasSize(3);
  }

  /** A pipeline that runs, once the operator knows its topics. */
  private static LossCase settled() {
    var loss = CASES.running("Retain");
    await("the memory")
        .atMost(PATIENCE)
        .until(() -> memory(loss).get().getData().containsKey("topicIds.json"));
    await("all data").atMost(PATIENCE).until(() -> loss.data().lines().size() == 5);
    return loss;
  }

  private static boolean isAnother(ConfigMap before, ConfigMap now) {
    return now != null && !now.getMetadata().getUid().equals(before.getMetadata().getUid());
  }

  private static void restore(ConfigMap map) {
    map.getMetadata().setUid(null);
    map.getMetadata().setResourceVersion(null);
    map.getMetadata().setManagedFields(null);
    CASES.cluster().client().resource(map).create();
  }

  private static Resource<ConfigMap> memory(LossCase loss) {
    return CASES
        .cluster()
        .client()
        .configMaps()
        .inNamespace(loss.namespace())
        .withName("card-fraud-rollout");
  }
}
