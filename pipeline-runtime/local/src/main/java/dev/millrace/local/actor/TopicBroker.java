package dev.millrace.local.actor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The questions and orders of a topic operator to Kafka, each with its deadline. What the broker
 * refuses is an {@link ExecutionException} whose cause has the broker's words.
 */
final class TopicBroker implements AutoCloseable {
  static final long SECONDS = 40;

  private final Admin admin;

  TopicBroker(String bootstrapServers) {
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  /** The topic, or null when there is none. */
  TopicDescription describe(String topic)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get(SECONDS, TimeUnit.SECONDS)
          .get(topic);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw e;
    }
  }

  /** Creates a topic and returns its id. */
  String create(NewTopic topic) throws ExecutionException, InterruptedException, TimeoutException {
    var created = admin.createTopics(List.of(topic));
    created.all().get(SECONDS, TimeUnit.SECONDS);
    awaitKnown(topic.name());
    return created.topicId(topic.name()).get().toString();
  }

  /** The controller has created it, the broker that is asked next may hear of it a moment later. */
  private void awaitKnown(String topic)
      throws ExecutionException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (describe(topic) == null) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("the broker does not know topic " + topic);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Sets keys; others stay as they are. */
  void set(String topic, Map<String, String> configuration)
      throws ExecutionException, InterruptedException, TimeoutException {
    alter(topic, operations(configuration, Map.of()));
  }

  /** Makes the topic's own configuration exactly this one: other dynamic keys are deleted. */
  void adopt(String topic, Map<String, String> configuration)
      throws ExecutionException, InterruptedException, TimeoutException {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var present = new java.util.TreeMap<String, String>();
    admin
        .describeConfigs(List.of(resource))
        .all()
        .get(SECONDS, TimeUnit.SECONDS)
        .get(resource)
        .entries()
        .stream()
        .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
        .forEach(entry -> present.put(entry.name(), entry.value()));
    alter(topic, operations(configuration, present));
  }

  private static List<AlterConfigOp> operations(
      Map<String, String> wanted, Map<String, String> present) {
    var operations = new ArrayList<AlterConfigOp>();
    wanted.forEach(
        (key, value) -> {
          if (value == null || !value.equals(present.get(key))) {
            operations.add(
                new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
          }
        });
    present.keySet().stream()
        .filter(key -> !wanted.containsKey(key))
        .map(key -> new AlterConfigOp(new ConfigEntry(key, ""), AlterConfigOp.OpType.DELETE))
        .forEach(operations::add);
    return operations;
  }

  private void alter(String topic, List<AlterConfigOp> operations)
      throws ExecutionException, InterruptedException, TimeoutException {
    if (!operations.isEmpty()) {
      var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      admin
          .incrementalAlterConfigs(Map.of(resource, operations))
          .all()
          .get(SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Adds partitions up to a count. */
  void grow(String topic, int partitions)
      throws ExecutionException, InterruptedException, TimeoutException {
    admin
        .createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
        .all()
        .get(SECONDS, TimeUnit.SECONDS);
  }

  /** Deletes a topic; one that does not exist is as good as deleted. Returns what went wrong. */
  Optional<String> delete(String topic) throws InterruptedException {
    try {
      admin.deleteTopics(List.of(topic)).all().get(SECONDS, TimeUnit.SECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      return e.getCause() instanceof UnknownTopicOrPartitionException
          ? Optional.empty()
          : Optional.of(e.getCause().toString());
    } catch (TimeoutException e) {
      return Optional.of(e.toString());
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
