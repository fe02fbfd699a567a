package dev.millrace.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.fault.Kinds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Topics that go behind the operator's back (reliability.md §2, L6): none is replaced by an empty
 * one before the user says so, and one that comes back as it was is taken up without a word.
 */
class TopicLossIT {
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
  void aDeletedTopicComesBackOnlyWithANewVersion() {
    var tenant = cluster.tenant().create("Retain");
    String job = jobUid(tenant);
    for (var topic : topics(tenant)) {
      resource(topic).delete();
    }

    String message = replaced(tenant);
    assertThat(message).contains(tenant.namespace() + ".payments.tx (id ", "set spec.version: 2");
    looksAgain(tenant);
    assertThat(tenant.pipeline().children(Kinds.TOPIC)).isEmpty();
    assertThat(jobUid(tenant)).isEqualTo(job);
    assertThat(tenant.events("TopicReplaced")).isNotEmpty();

    tenant.pipeline().patch("{\"spec\":{\"version\":2}}");
    tenant.until(
        "at version 2",
        object ->
            object.at("/status/definition/servedVersion").asInt() == 2
                && tenant.pipeline().isReady("Running"));
    assertThat(tenant.pipeline().children(Kinds.TOPIC)).hasSize(3);
  }

  @Test
  void anotherTopicOfTheNameIsNotTakenForTheOldOne() {
    var tenant = cluster.tenant().create("Retain");
    var topic = events(tenant);
    resource(topic).delete();
    replaced(tenant);

    create(topic);
    await("another id")
        .atMost(PATIENCE)
        .until(
            () ->
                !id(resource(topic).get()).isEmpty()
                    && !id(resource(topic).get()).equals(id(topic)));

    looksAgain(tenant);
    assertThat(replaced(tenant)).contains(id(topic), id(resource(topic).get()));
  }

  @Test
  void aTopicThatComesBackAsItWasIsTakenUpWithoutAVersion() {
    var tenant = cluster.tenant().create("Retain");
    var before = cluster.neighbours().recordsInKafka(tenant.namespace());
    var topic = events(tenant);
    resource(topic)
        .edit(
            object -> {
              object.getMetadata().getAnnotations().put("strimzi.io/managed", "false");
              return object;
            });
    resource(topic).delete();
    replaced(tenant);

    create(topic);

    tenant.awaitRunning();
    assertThat(cluster.neighbours().recordsInKafka(tenant.namespace())).isEqualTo(before);
    assertThat(id(resource(topic).get())).isEqualTo(id(topic));
  }

  @Test
  void aLabelTopicIsNotReplacedEither() {
    var tenant = cluster.tenant().create("Retain");
    cluster
        .client()
        .load(new ByteArrayInputStream(LABELS.getBytes(StandardCharsets.UTF_8)))
        .inNamespace(tenant.namespace())
        .create();
    await("the label topic").atMost(PATIENCE).until(() -> remembers(tenant, "chargeback-accepted"));
    var topic = topic(tenant, "chargebacks");

    resource(topic).delete();

    await("TopicReplaced")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var found = window(tenant);
              assertThat(Tenant.condition(found, "TopicReady").path("reason").asText())
                  .isEqualTo("TopicReplaced");
              assertThat(Tenant.condition(found, "TopicReady").path("message").asText())
                  .contains(id(topic), "create one of another name");
            });
    assertThat(resource(topic).get()).isNull();
  }

  /** Waits for the word; its message. */
  private static String replaced(Tenant tenant) {
    tenant.until(
        "TopicReplaced",
        object ->
            Tenant.condition(object, "TopicsReady").path("reason").asText().equals("TopicReplaced")
                && Tenant.condition(object, "Stalled").path("status").asText().equals("True")
                && Tenant.condition(object, "Ready").path("status").asText().equals("False"));
    return Tenant.condition(tenant.pipeline().read(), "TopicsReady").path("message").asText();
  }

  /** A change that has nothing to do with topics makes the operator look at everything. */
  private static void looksAgain(Tenant tenant) {
    tenant.pipeline().patch("{\"spec\":{\"freshness\":{\"target\":\"5m\"}}}");
    tenant.until(
        "looked at",
        object ->
            Tenant.condition(object, "TopicsReady")
                .path("observedGeneration")
                .equals(object.at("/metadata/generation")));
  }

  private static boolean remembers(Tenant tenant, String name) {
    var map = cluster.client().configMaps().inNamespace(tenant.namespace()).withName(name).get();
    return map != null && map.getData().containsKey("topicIds.json");
  }

  /** Topics of the pipeline, once the operator knows their ids. */
  private static List<GenericKubernetesResource> topics(Tenant tenant) {
    await("the memory of " + tenant.namespace())
        .atMost(PATIENCE)
        .until(() -> remembers(tenant, "card-fraud-rollout"));
    var topics = tenant.pipeline().children(Kinds.TOPIC);
    assertThat(topics).hasSize(3).allMatch(topic -> !id(topic).isEmpty());
    return topics;
  }

  private static GenericKubernetesResource events(Tenant tenant) {
    topics(tenant);
    return topic(tenant, "payments.tx");
  }

  private static GenericKubernetesResource topic(Tenant tenant, String name) {
    String kafkaName = tenant.namespace() + "." + name;
    return tenant.pipeline().children(Kinds.TOPIC).stream()
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
    cluster.client().resource(copy).create();
  }

  private static Resource<GenericKubernetesResource> resource(GenericKubernetesResource topic) {
    return cluster
        .client()
        .genericKubernetesResources(Kinds.TOPIC)
        .inNamespace(topic.getMetadata().getNamespace())
        .withName(topic.getMetadata().getName());
  }

  private static String id(GenericKubernetesResource topic) {
    Object id = topic == null ? null : topic.get("status", "topicId");
    return id == null ? "" : String.valueOf(id);
  }

  private static String jobUid(Tenant tenant) {
    return tenant.pipeline().children(Kinds.FLINK).get(0).getMetadata().getUid();
  }

  private static JsonNode window(Tenant tenant) {
    return cluster
        .client()
        .getKubernetesSerialization()
        .convertValue(
            cluster
                .client()
                .genericKubernetesResources("millrace.dev/v1alpha1", "LabelWindow")
                .inNamespace(tenant.namespace())
                .withName("chargeback")
                .get(),
            JsonNode.class);
  }

  private static final String LABELS =
      """
      apiVersion: millrace.dev/v1alpha1
      kind: LabelWindow
      metadata: {name: chargeback}
      spec:
        pipelineRef: {name: card-fraud}
        label:
          name: is_fraud
          source:
            topic: {name: chargebacks, partitions: 1, replicas: 1, retention: 90d}
            eventId: cb_id
            eventTime: {field: received_at}
            schema:
            - {name: cb_id, type: String}
            - {name: tx_id, type: String}
            - {name: received_at, type: Timestamp}
          match: {anchor: tx_id, label: tx_id}
          value: "true"
          whenAbsent: "false"
        attributionWindow: 45d
        extract: {schedule: "15 2 * * *"}
      """;
}
