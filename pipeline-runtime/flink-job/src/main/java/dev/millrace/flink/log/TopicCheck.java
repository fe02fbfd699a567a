package dev.millrace.flink.log;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.contract.StreamWiring;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka for the topics before the job starts. */
public final class TopicCheck {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private TopicCheck() {}

  /**
   * Requires all three topics.
   *
   * @return Kafka's id of the events topic
   * @throws MillraceFailure {@link Reason#TOPIC_NOT_FOUND}, {@link Reason#SOURCE_UNREACHABLE}
   */
  public static String topicId(StreamWiring wiring) {
    var properties = new HashMap<String, Object>(wiring.kafka().settings());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    try (Admin admin = Admin.create(properties)) {
      require(wiring, admin, wiring.lateTopic());
      require(wiring, admin, wiring.deadTopic());
      return require(wiring, admin, wiring.topic()).topicId().toString();
    }
  }

  /** A topic that was created a moment ago may not be known to every broker yet: asks for 5 s. */
  private static TopicDescription require(StreamWiring wiring, Admin admin, String topic) {
    long until = System.nanoTime() + PATIENCE_NANOS;
    TopicDescription found = describe(wiring, admin, topic);
    while (found == null && System.nanoTime() < until) {
      LockSupport.parkNanos(PAUSE_NANOS);
      found = describe(wiring, admin, topic);
    }
    if (found == null) {
      throw new MillraceFailure(
          Reason.TOPIC_NOT_FOUND,
          "topic "
              + topic
              + " does not exist on Kafka at "
              + wiring.bootstrapServers()
              + "; create it");
    }
    return found;
  }

  /** The topic, or null if the broker does not know it. */
  private static TopicDescription describe(StreamWiring wiring, Admin admin, String topic) {
    try {
      return admin.describeTopics(List.of(topic)).topicNameValues().get(topic).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw unreachable(wiring, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(wiring, e);
    }
  }

  private static MillraceFailure unreachable(StreamWiring wiring, Exception cause) {
    return KafkaErrors.unreachable(wiring.kafka(), cause);
  }
}
