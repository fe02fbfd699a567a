package dev.millrace.local.actor.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.local.actor.cluster.ClusterActors.Neighbour;
import dev.millrace.local.controlplane.NeighbourCrds;
import dev.millrace.local.process.FreePort;
import dev.millrace.local.service.KafkaBroker;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** KafkaTopics as Strimzi treats them, on a real API server and a real broker. */
class TopicOperatorActorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  @TempDir static Path folder;
  private static TestCluster cluster;
  private static KafkaBroker kafka;
  private static Admin admin;
  private static ClusterActors actors;

  /** The actors are started before the kind exists. */
  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(folder.resolve("controlplane"));
    kafka =
        KafkaBroker.start(
            folder.resolve("kafka"), FreePort.of(0, ""), FreePort.of(0, ""), why -> {});
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    actors =
        ClusterActors.start(
            cluster.client,
            folder.resolve("actors"),
            kafka.bootstrapServers(),
            ActorSettings.small("main", Map.of()));
    cluster.install(NeighbourCrds.kafkaTopic());
    cluster.namespace("kafka");
  }

  @AfterAll
  static void stop() {
    if (actors != null) {
      actors.close();
      admin.close();
      kafka.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void createsGrowsAndDeletesATopic() throws Exception {
    apply("orders", "{topicName: shop.orders, partitions: 2, replicas: 1}", "main");
    JsonNode status = awaitCondition("orders", 1, "Ready", "True");
    assertThat(status.path("topicName").asText()).isEqualTo("shop.orders");
    assertThat(status.path("topicId").asText()).hasSize(22);
    assertThat(object("orders").get().getMetadata().getFinalizers())
        .contains("strimzi.io/topic-operator");
    apply("orders", "{topicName: shop.orders, partitions: 3, replicas: 1}", "main");
    awaitCondition("orders", 2, "Ready", "True");
    assertThat(partitions("shop.orders")).isEqualTo(3);
    object("orders").delete();
    await().atMost(PATIENCE).until(() -> object("orders").get() == null);
    assertThat(topics()).doesNotContain("shop.orders");
  }

  @Test
  void writesTheReasonsOfWhatItRefuses() {
    apply("three", "{topicName: three, partitions: 1, replicas: 3}", "main");
    assertThat(refusal("three", 1))
        .startsWith(
            "KafkaError org.apache.kafka.common.errors.InvalidReplicationFactorException: Unable to"
                + " replicate the partition 3 time(s): The target replication factor of 3 cannot be"
                + " reached because only 1 broker(s) are registered");
    apply("odd", "{partitions: 1, replicas: 1, config: {foo: 1}}", "main");
    assertThat(refusal("odd", 1))
        .isEqualTo(
            "KafkaError org.apache.kafka.common.errors.InvalidConfigurationException: Unknown topic"
                + " config name: foo");
    apply("shrinks", "{partitions: 2, replicas: 1}", "main");
    awaitCondition("shrinks", 1, "Ready", "True");
    apply("shrinks", "{partitions: 1, replicas: 1}", "main");
    assertThat(refusal("shrinks", 2)).isEqualTo("NotSupported Decreasing partitions not supported");
    apply("shrinks", "{partitions: 2, replicas: 2}", "main");
    assertThat(refusal("shrinks", 3))
        .isEqualTo(
            "NotSupported Replication factor change not supported, but required for partitions [0,"
                + " 1]");
    apply("shrinks", "{topicName: other, partitions: 2, replicas: 1}", "main");
    assertThat(refusal("shrinks", 4))
        .isEqualTo("NotSupported Changing spec.topicName is not supported");
    assertThat(status("shrinks").path("topicName").asText()).isEqualTo("shrinks");
  }

  @Test
  void letsTheOldestResourceOwnATopic() {
    apply("first", "{topicName: shared, partitions: 1, replicas: 1}", "main");
    awaitCondition("first", 1, "Ready", "True");
    apply("second", "{topicName: shared, partitions: 1, replicas: 1}", "main");
    assertThat(refusal("second", 1))
        .isEqualTo("ResourceConflict Managed by Ref{namespace='kafka', name='first'}");
    object("first").delete();
    awaitCondition("second", 1, "Ready", "True");
  }

  @Test
  void keepsTheTopicOfAnUnmanagedResourceAndDeletesThatOfAPausedOne() throws Exception {
    apply("kept", "{partitions: 1, replicas: 1}", "main");
    apply("paused", "{partitions: 1, replicas: 1}", "main");
    awaitCondition("kept", 1, "Ready", "True");
    awaitCondition("paused", 1, "Ready", "True");
    annotate("kept", "strimzi.io/managed", "false");
    annotate("paused", "strimzi.io/pause-reconciliation", "true");
    assertThat(awaitCondition("kept", 1, "Unmanaged", "True").has("topicName")).isFalse();
    awaitCondition("paused", 1, "ReconciliationPaused", "True");
    object("kept").delete();
    object("paused").delete();
    await().atMost(PATIENCE).until(() -> object("kept").get() == null);
    await().atMost(PATIENCE).until(() -> object("paused").get() == null);
    assertThat(topics()).contains("kept").doesNotContain("paused");
  }

  @Test
  void nobodyAnswersForAnotherClusterOrWhileStopped() {
    actors.stop(Neighbour.TOPIC_OPERATOR);
    apply("stranger", "{partitions: 1, replicas: 1}", "west");
    apply("waits", "{partitions: 1, replicas: 1}", "main");
    await()
        .during(Duration.ofSeconds(2))
        .until(() -> status("waits").isMissingNode() || status("waits").isNull());
    actors.start(Neighbour.TOPIC_OPERATOR);
    awaitCondition("waits", 1, "Ready", "True");
    assertThat(status("stranger").path("conditions")).isEmpty();
    assertThat(object("stranger").get().getMetadata().getFinalizers()).isEmpty();
  }

  private static void apply(String name, String spec, String kafkaCluster) {
    cluster.apply(
        """
        apiVersion: kafka.strimzi.io/v1
        kind: KafkaTopic
        metadata: {name: %s, namespace: kafka, labels: {strimzi.io/cluster: %s}}
        spec: %s
        """
            .formatted(name, kafkaCluster, spec));
  }

  private static void annotate(String name, String key, String value) {
    Consumer<GenericKubernetesResource> put =
        topic -> topic.getMetadata().getAnnotations().put(key, value);
    object(name)
        .edit(
            topic -> {
              put.accept(topic);
              return topic;
            });
  }

  private static String refusal(String name, int generation) {
    JsonNode condition = awaitCondition(name, generation, "Ready", "False").at("/conditions/0");
    return condition.path("reason").asText() + " " + condition.path("message").asText();
  }

  private static JsonNode awaitCondition(String name, int generation, String type, String status) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode condition = status(name).at("/conditions/0");
              assertThat(status(name).path("observedGeneration").asInt()).isEqualTo(generation);
              assertThat(condition.path("type").asText()).isEqualTo(type);
              assertThat(condition.path("status").asText()).isEqualTo(status);
            });
    return status(name);
  }

  private static JsonNode status(String name) {
    return new ObjectMapper()
        .valueToTree(object(name).get().getAdditionalProperties().get("status"));
  }

  private static Resource<GenericKubernetesResource> object(String name) {
    return CustomKind.kafkaTopics(cluster.client).object(new ObjectKey("kafka", name));
  }

  private static Set<String> topics() throws Exception {
    return admin.listTopics().names().get();
  }

  private static int partitions(String topic) throws Exception {
    return admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic).partitions().size();
  }
}
