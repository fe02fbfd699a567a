package dev.millrace.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.neighbour.Kinds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Topics that go behind the operator's back (reliability.md §2, L6): none is replaced by an empty
 * one before the user says so, and one that comes back as it was is taken up without a word.
 */
class TopicLossIT {
  @RegisterExtension static final LossCases CASES = new LossCases();

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void aDeletedTopicComesBackOnlyWithANewVersion() {
    var loss = CASES.running("Retain");
    String job = jobUid(loss);
    for (var topic : topics(loss)) {
      resource(topic).delete();
    }

    String message = replaced(loss);
    assertThat(message).contains(loss.namespace() + ".payments.tx (id ", "set spec.version: 2");
    looksAgain(loss);
    await("the end of the KafkaTopics")
        .atMost(PATIENCE)
        .until(() -> loss.tenant().children(Kinds.TOPIC).isEmpty());
    assertThat(jobUid(loss)).isEqualTo(job);
    assertThat(loss.tenant().events("TopicReplaced")).isNotEmpty();

    loss.merge("{\"spec\":{\"version\":2}}");
    loss.until(
        "at version 2",
        object ->
            object.at("/status/definition/servedVersion").asInt() == 2
                && Conditions.isReady(object, "Running"));
    assertThat(loss.tenant().children(Kinds.TOPIC)).hasSize(3);
  }

  @Test
  void anotherTopicOfTheNameIsNotTakenForTheOldOne() {
    var loss = CASES.running("Retain");
    var topic = events(loss);
    resource(topic).delete();
    replaced(loss);

    create(topic);
    await("another id")
        .atMost(PATIENCE)
        .until(
            () ->
                !id(resource(topic).get()).isEmpty()
                    && !id(resource(topic).get()).equals(id(topic)));

    looksAgain(loss);
    assertThat(replaced(loss)).contains(id(topic), id(resource(topic).get()));
  }

  @Test
  void aTopicThatComesBackAsItWasIsTakenUpWithoutAVersion() {
    var loss = CASES.running("Retain");
    var before = loss.records();
    var topic = events(loss);
    resource(topic)
        .edit(
            object -> {
              object.getMetadata().getAnnotations().put("strimzi.io/managed", "false");
              return object;
            });
    resource(topic).delete();
    replaced(loss);

    create(topic);

    loss.awaitRunning();
    assertThat(loss.records()).isEqualTo(before);
    assertThat(id(resource(topic).get())).isEqualTo(id(topic));
  }

  @Test
  void aLabelTopicIsNotReplacedEither() {
    var loss = CASES.running("Retain");
    loss.tenant().create(Samples.window("Retain"));
    await("the label topic").atMost(PATIENCE).until(() -> remembers(loss, "chargeback-accepted"));
    var topic = topic(loss, "chargebacks");

    resource(topic).delete();

    await("TopicReplaced")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var found = loss.tenant().read(Kinds.WINDOW, Samples.WINDOW);
              assertThat(Conditions.condition(found, "TopicReady").path("reason").asText())
                  .isEqualTo("TopicReplaced");
              assertThat(Conditions.condition(found, "TopicReady").path("message").asText())
                  .contains(id(topic), "create one of another name");
            });
    await("the end of the KafkaTopic").atMost(PATIENCE).until(() -> resource(topic).get() == null);
  }

  /** Waits for the word; its message. */
  private static String replaced(LossCase loss) {
    loss.until(
        "TopicReplaced",
        object ->
            Conditions.condition(object, "TopicsReady")
                    .path("reason")
                    .asText()
                    .equals("TopicReplaced")
                && Conditions.condition(object, "Stalled").path("status").asText().equals("True")
                && Conditions.condition(object, "Ready").path("status").asText().equals("False"));
    return Conditions.condition(loss.read(), "TopicsReady").path("message").asText();
  }

  /** A change that has nothing to do with topics makes the operator look at everything. */
  private static void looksAgain(LossCase loss) {
    loss.merge("{\"spec\":{\"freshness\":{\"target\":\"5m\"}}}");
    loss.until(
        "looked at",
        object ->
            Conditions.condition(object, "TopicsReady")
                .path("observedGeneration")
                .equals(object.at("/metadata/generation")));
  }

  private static boolean remembers(LossCase loss, String name) {
    var map =
        CASES.cluster().client().configMaps().inNamespace(loss.namespace()).withName(name).get();
    return map != null && map.getData().containsKey("topicIds.json");
  }

  /** Topics of the pipeline, once the operator knows their ids. */
  private static List<GenericKubernetesResource> topics(LossCase loss) {
    await("the memory of " + loss.namespace())
        .atMost(PATIENCE)
        .until(() -> remembers(loss, "card-fraud-rollout"));
    var topics = loss.tenant().children(Kinds.TOPIC);
    assertThat(topics).hasSize(3).allMatch(topic -> !id(topic).isEmpty());
    return topics;
  }

  private static GenericKubernetesResource events(LossCase loss) {
    topics(loss);
    return topic(loss, "payments.tx");
  }

  private static GenericKubernetesResource topic(LossCase loss, String name) {
    String kafkaName = loss.namespace() + "." + name;
    return loss.tenant().children(Kinds.TOPIC).stream()
        .filter(topic -> topic.<Object>get("spec", "topicName").equals(kafkaName))
        .findFirst()
        .orElseThrow();
  }

  /** The object as somebody has it in a file. */
  private static void create(GenericKubernetesResource topic) {
    var copy = new GenericKubernetesResource();
    copy.setApiVersion(topic.getApiVersion());
    copy.setKind(topic.getKind());
    copy.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(topic.getMetadata().getNamespace())
            .withName(topic.getMetadata().getName())
            .withLabels(topic.getMetadata().getLabels())
            .build());
    copy.setAdditionalProperty("spec", topic.get("spec"));
    await("the end of the old one").atMost(PATIENCE).until(() -> resource(topic).get() == null);
    CASES.cluster().client().resource(copy).create();
  }

  private static Resource<GenericKubernetesResource> resource(GenericKubernetesResource topic) {
    return CASES
        .cluster()
        .client()
        .genericKubernetesResources(Kinds.TOPIC)
        .inNamespace(topic.getMetadata().getNamespace())
        .withName(topic.getMetadata().getName());
  }

  private static String id(GenericKubernetesResource topic) {
    Object id = topic == null ? null : topic.get("status", "topicId");
    return id == null ? "" : String.valueOf(id);
  }

  private static String jobUid(LossCase loss) {
    return loss.tenant().children(Kinds.FLINK).get(0).getMetadata().getUid();
  }
}
