package dev.millrace.flink.log;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.contract.StreamWiring;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka for the topics before the job starts. */
public final class TopicCheck {
  private TopicCheck() {}

  /**
   * Requires all three topics.
   *
   * @return Kafka's id of the events topic
   * @throws MillraceFailure {@link Reason#TOPIC_NOT_FOUND}, {@link Reason#SOURCE_UNREACHABLE}
   */
  public static String topicId(StreamWiring wiring) {
    Map<String, Object> properties =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            wiring.bootstrapServers(),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            30_000,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            10_000);
    try (Admin admin = Admin.create(properties)) {
      var topics = List.of(wiring.topic(), wiring.lateTopic(), wiring.deadTopic());
      var described = admin.describeTopics(topics).topicNameValues();
      for (String topic : topics) {
        require(wiring, topic, described.get(topic));
      }
      return require(wiring, wiring.topic(), described.get(wiring.topic())).topicId().toString();
    }
  }

  private static TopicDescription require(
      StreamWiring wiring, String topic, KafkaFuture<TopicDescription> described) {
    try {
      return described.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new MillraceFailure(
            Reason.TOPIC_NOT_FOUND,
            "topic "
                + topic
                + " does not exist on Kafka at "
                + wiring.bootstrapServers()
                + "; create it",
            e);
      }
      throw unreachable(wiring, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(wiring, e);
    }
  }

  private static MillraceFailure unreachable(StreamWiring wiring, Exception cause) {
    return new MillraceFailure(
        Reason.SOURCE_UNREACHABLE,
        "Kafka at " + wiring.bootstrapServers() + " does not answer: " + cause.getMessage(),
        cause);
  }
}
