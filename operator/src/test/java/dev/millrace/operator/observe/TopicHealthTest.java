package dev.millrace.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth.Progressing;
import dev.millrace.operator.observe.ChildHealth.Refused;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every status of Strimzi's topic operator (neighbours.md §1.3). */
class TopicHealthTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final ChildRef REF =
      new ChildRef("KafkaTopic", "kafka", "fraud-payments-tx-5d0c91be");
  private static final String NAME = "KafkaTopic kafka/fraud-payments-tx-5d0c91be";
  private static final String ERRORS = "org.apache.kafka.common.errors.";

  @Test
  void readyCountsForTheCurrentGenerationOnly() {
    assertThat(health(status(2, "type: Ready, status: \"True\""))).isEqualTo(ChildHealth.READY);
    assertThat(health(status(1, "type: Ready, status: \"True\"")))
        .isEqualTo(
            new Progressing(
                Reason.TOPIC_NOT_READY,
                NAME + " has changed, the topic operator has not looked at it since; wait"));
  }

  @Test
  void silenceForAMinuteMeansThatNobodyAnswers() {
    assertThat(health(topic("2026-11-24T11:59:30Z", "", "")))
        .isEqualTo(new Progressing(Reason.TOPIC_NOT_READY, NAME + " has no status yet; wait"));
    assertThat(health(topic("2026-11-24T11:59:00Z", "", "")))
        .isEqualTo(
            new Progressing(
                Reason.WAITING,
                NAME
                    + " has had no status for 60s, no topic operator answers for cluster main in"
                    + " namespace kafka; ask the administrator"));
  }

  @Test
  void aTopicThatIsNotThereIsCreated() {
    assertThat(health(null))
        .isEqualTo(
            new Progressing(Reason.TOPIC_NOT_READY, NAME + " does not exist yet; it is created"));
  }

  @Test
  void anAnnotationThatKeepsTheOperatorAwayIsNamed() {
    String unmanaged = status(2, "type: Unmanaged, status: \"True\"");
    String paused = status(2, "type: ReconciliationPaused, status: \"True\"");

    assertThat(health(annotated("strimzi.io/managed: \"false\"", unmanaged)))
        .isEqualTo(
            new Refused(
                Reason.TOPIC_NOT_READY,
                NAME + " is left alone because of annotation strimzi.io/managed; remove it"));
    assertThat(health(annotated("strimzi.io/pause-reconciliation: \"TRUE\"", paused)))
        .isEqualTo(
            new Refused(
                Reason.TOPIC_NOT_READY,
                NAME
                    + " is left alone because of annotation strimzi.io/pause-reconciliation;"
                    + " remove it"));
    assertThat(health(unmanaged)).isInstanceOf(Progressing.class);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void refusals(String reason, String message, ChildHealth expected) {
    String condition =
        "type: Ready, status: \"False\", reason: %s, message: \"%s\"".formatted(reason, message);

    assertThat(health(status(2, condition))).isEqualTo(expected);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            "NotSupported",
            "Decreasing partitions not supported",
            refused(
                "Decreasing partitions not supported; the topic has more partitions in Kafka than"
                    + " in the spec, it needs another topic")),
        Arguments.of(
            "NotSupported",
            "Replication factor change not supported, but required for partitions [0, 1]",
            refused(
                "Replication factor change not supported, but required for partitions [0, 1];"
                    + " set spec.source.topic.replicas back")),
        Arguments.of(
            "NotSupported",
            "Changing spec.topicName is not supported",
            refused(
                "Changing spec.topicName is not supported; delete the KafkaTopic's change, or the"
                    + " KafkaTopic")),
        Arguments.of(
            "ResourceConflict",
            "Managed by Ref{namespace='kafka', name='other'}",
            new Refused(
                Reason.TOPIC_CONFLICT,
                NAME
                    + ": Managed by Ref{namespace='kafka', name='other'}; delete that KafkaTopic,"
                    + " or read the topic with managed: false")),
        Arguments.of(
            "KafkaError",
            ERRORS
                + "InvalidReplicationFactorException: Unable to replicate the partition 4 time(s):"
                + " The target replication factor of 4 cannot be reached because only 3 broker(s)"
                + " are registered.",
            refused(
                "Unable to replicate the partition 4 time(s): The target replication factor of 4"
                    + " cannot be reached because only 3 broker(s) are registered; set"
                    + " spec.source.topic.replicas to 3 or add brokers")),
        Arguments.of(
            "KafkaError",
            ERRORS + "InvalidConfigurationException: Unknown topic config name: foo",
            refused("Unknown topic config name: foo; correct spec.source.topic.config")),
        Arguments.of(
            "InternalError",
            "io.strimzi.operator.common.model.InvalidResourceException: Invalid value for topic"
                + " config 'foo': {a=1}",
            refused(
                "Invalid value for topic config 'foo': {a=1}; correct spec.source.topic.config")),
        Arguments.of(
            "KafkaError",
            ERRORS + "InvalidTopicException: Topic name is invalid: '..'",
            refused("Topic name is invalid: '..'; correct spec.source.topic.name")),
        Arguments.of(
            "KafkaError",
            ERRORS + "TopicAuthorizationException: Topic authorization failed.",
            refused(
                "Topic authorization failed; allow the topic operator to create and alter the"
                    + " topic")),
        Arguments.of(
            "KafkaError",
            ERRORS + "TimeoutException: Timed out waiting for a node assignment.",
            new Progressing(
                Reason.TOPIC_NOT_READY,
                NAME + ": Timed out waiting for a node assignment; check Kafka cluster main")));
  }

  @Test
  void aStatusOfAnyShapeIsNotReadyAndNeverThrows() {
    for (String status :
        new String[] {
          "status: {observedGeneration: x}",
          "status: {observedGeneration: 2, conditions: 7}",
          "status: {observedGeneration: 2, conditions: [null, 1, {type: {a: b}}]}",
          "status: {observedGeneration: 2, conditions: [{type: Ready, status: 1}]}"
        }) {
      assertThat(health(topic("2026-11-24T11:00:00Z", "", status))).isInstanceOf(Progressing.class);
    }
  }

  @Test
  void aLabelTopicNamesItsOwnPath() {
    ChildHealth health =
        TopicHealth.of(
            Objects.untyped(
                topic(
                    "2026-11-24T11:00:00Z",
                    "",
                    status(
                        2,
                        "type: Ready, status: \"False\", reason: KafkaError, message: \""
                            + ERRORS
                            + "InvalidConfigurationException: no\""))),
            REF,
            TopicExpectation.ofLabel("main"),
            NOW);

    assertThat(health).isEqualTo(refused("no; correct spec.label.source.topic.config"));
  }

  private static ChildHealth refused(String text) {
    return new Refused(Reason.TOPIC_NOT_READY, NAME + ": " + text);
  }

  private static ChildHealth health(String yaml) {
    GenericKubernetesResource topic =
        yaml == null
            ? null
            : Objects.untyped(
                yaml.startsWith("apiVersion") ? yaml : topic("2026-11-24T11:00:00Z", "", yaml));
    return TopicHealth.of(topic, REF, TopicExpectation.ofPipeline("main"), NOW);
  }

  private static String status(int observed, String condition) {
    return "status: {observedGeneration: %d, conditions: [{%s}]}".formatted(observed, condition);
  }

  private static String annotated(String annotation, String status) {
    return topic("2026-11-24T11:00:00Z", ", annotations: {" + annotation + "}", status);
  }

  private static String topic(String created, String metadata, String status) {
    return """
        apiVersion: kafka.strimzi.io/v1
        kind: KafkaTopic
        metadata: {name: t, namespace: kafka, generation: 2, creationTimestamp: "%s"%s}
        %s
        """
        .formatted(created, metadata, status);
  }
}
