package dev.millrace.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A topic is the one it was, or its loss is named (reliability.md §2, L6). */
class TopicIdentityTest {
  private static final ChildRef REF = new ChildRef("KafkaTopic", "kafka", "fraud-tx-1");
  private static final String KNOWN = "kX6kzQvYQ2-3X9hTQWl1YA";
  private static final String REMEDY = "to go on with what is left set spec.version: 4";

  @Test
  void theSameIdIsTheSameTopic() {
    assertThat(loss(topic("", "status: {topicId: " + KNOWN + "}"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "status: {}",
        "status: {conditions: [{type: Unmanaged, status: 'True'}]}",
        "status: {topicId: null}",
        "status: {topicId: [a]}",
        "status: {topicId: 'no id\\n'}"
      })
  void whatItsOperatorHasNotSaidIsNoLoss(String status) {
    assertThat(loss(topic("", status))).isEmpty();
  }

  @Test
  void anotherIdIsAnotherTopic() {
    assertThat(loss(topic("", "status: {topicId: AAAAAAAAAAAAAAAAAAAAAA}")))
        .contains(
            "KafkaTopic kafka/fraud-tx-1 stands for another topic now: topic fraud.tx (id "
                + KNOWN
                + ") was deleted and created again with id AAAAAAAAAAAAAAAAAAAAAA; "
                + REMEDY);
  }

  @Test
  void oneThatIsGoneMayBeCreatedAgainAsItWas() {
    assertThat(loss(null))
        .contains(
            "KafkaTopic kafka/fraud-tx-1 was deleted, and as far as can be seen topic fraud.tx (id "
                + KNOWN
                + ") with it; if Kafka still has the topic, create that KafkaTopic again as it was; "
                + REMEDY);
  }

  @Test
  void oneThatIsGoingMayBeKept() {
    assertThat(
            loss(
                topic(
                    ", deletionTimestamp: '2026-01-01T00:00:00Z'",
                    "status: {topicId: " + KNOWN + "}")))
        .contains(
            "KafkaTopic kafka/fraud-tx-1 is being deleted, and topic fraud.tx (id "
                + KNOWN
                + ") with it; to keep the topic, annotate it strimzi.io/managed: \"false\" before it"
                + " is gone; "
                + REMEDY);
  }

  private static Optional<String> loss(String yaml) {
    return TopicIdentity.loss(
        yaml == null ? null : Objects.untyped(yaml), REF, "fraud.tx", KNOWN, REMEDY);
  }

  private static String topic(String metadata, String status) {
    return """
        apiVersion: kafka.strimzi.io/v1
        kind: KafkaTopic
        metadata: {name: fraud-tx-1, namespace: kafka%s}
        %s
        """
        .formatted(metadata, status);
  }
}
