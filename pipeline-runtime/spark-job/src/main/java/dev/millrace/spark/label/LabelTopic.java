package dev.millrace.spark.label;

import dev.millrace.contract.ExtractWiring;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka what the label topic holds. */
public final class LabelTopic {
  private static final int TIMEOUT_MILLIS = 60_000;

  private LabelTopic() {}

  /**
   * Looks at the topic now.
   *
   * @throws MillraceFailure {@link Reason#TOPIC_NOT_FOUND}, {@link Reason#SOURCE_UNREACHABLE}
   */
  public static LabelTopicState look(ExtractWiring wiring) {
    String topic = wiring.labelTopic();
    try (var admin = Admin.create(settings(wiring))) {
      TopicDescription description =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
      var earliest = new HashMap<TopicPartition, OffsetSpec>();
      var latest = new HashMap<TopicPartition, OffsetSpec>();
      for (var partition : description.partitions()) {
        earliest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.earliest());
        latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
      }
      var committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
      var starts = admin.listOffsets(earliest, committed).all().get();
      var ends = admin.listOffsets(latest, committed).all().get();
      var retained = new TreeMap<Integer, LabelOffsets>();
      starts.forEach(
          (partition, start) ->
              retained.put(
                  partition.partition(),
                  new LabelOffsets(start.offset(), ends.get(partition).offset())));
      return new LabelTopicState(description.topicId().toString(), retained);
    } catch (ExecutionException e) {
      throw failure(wiring, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(wiring, e);
    }
  }

  private static Map<String, Object> settings(ExtractWiring wiring) {
    var settings = new HashMap<String, Object>(wiring.kafka().settings());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
    return settings;
  }

  private static MillraceFailure failure(ExtractWiring wiring, Throwable cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return new MillraceFailure(
          Reason.TOPIC_NOT_FOUND, "label topic " + wiring.labelTopic() + " does not exist", cause);
    }
    return new MillraceFailure(
        Reason.SOURCE_UNREACHABLE,
        "Kafka at " + wiring.bootstrapServers() + " does not answer: " + cause.getMessage(),
        cause);
  }
}
