package dev.millrace.local.actor;

import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * What Strimzi's topic operator does for one KafkaTopic (neighbours.md §1): create or adopt, alter
 * configuration, add partitions. One deviation: a local broker is alone, so more replicas are
 * created as one, and the outcome says so.
 */
public final class TopicOperator implements AutoCloseable {
  private static final long SECONDS = 40;

  private final Admin admin;

  public TopicOperator(String bootstrapServers) {
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  /** Outcome of one pass. */
  public sealed interface Outcome {
    /**
     * {@code Ready=True}.
     *
     * @param note a deviation worth saying; empty for none
     */
    record Ready(String topic, String topicId, String note) implements Outcome {}

    /** {@code Unmanaged=True}: the topic is left as it is. */
    record Unmanaged(String topic) implements Outcome {}

    /** {@code Ready=False} with Strimzi's reason and message. */
    record NotReady(String topic, String reason, String message) implements Outcome {}
  }

  /** One pass over one resource. */
  public Outcome reconcile(KafkaTopic resource) throws InterruptedException {
    String topic = topicName(resource);
    if (isUnmanaged(resource)) {
      return new Outcome.Unmanaged(topic);
    }
    try {
      TopicDescription existing = describe(topic);
      if (existing == null) {
        return create(resource, topic);
      }
      alterConfiguration(resource, topic);
      return growPartitions(resource, topic, existing);
    } catch (ExecutionException e) {
      return new Outcome.NotReady(topic, "KafkaError", e.getCause().toString());
    } catch (TimeoutException e) {
      return new Outcome.NotReady(topic, "KafkaError", "no answer within " + SECONDS + " s: " + e);
    }
  }

  @Override
  public void close() {
    admin.close(java.time.Duration.ofSeconds(1));
  }

  private Outcome create(KafkaTopic resource, String topic)
      throws ExecutionException, InterruptedException, TimeoutException {
    Integer replicas = resource.getSpec().getReplicas();
    Integer partitions = resource.getSpec().getPartitions();
    var wanted = new NewTopic(topic, partitions == null ? 1 : partitions, (short) 1);
    wanted.configs(configuration(resource));
    var created = admin.createTopics(List.of(wanted));
    created.all().get(SECONDS, TimeUnit.SECONDS);
    awaitKnown(topic);
    String note =
        replicas == null || replicas == 1
            ? ""
            : topic + ": " + replicas + " replicas became 1, there is one local broker";
    return new Outcome.Ready(topic, created.topicId(topic).get().toString(), note);
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

  private void alterConfiguration(KafkaTopic resource, String topic)
      throws ExecutionException, InterruptedException, TimeoutException {
    Collection<AlterConfigOp> operations =
        configuration(resource).entrySet().stream()
            .map(
                entry ->
                    new AlterConfigOp(
                        new ConfigEntry(entry.getKey(), entry.getValue()),
                        AlterConfigOp.OpType.SET))
            .toList();
    if (!operations.isEmpty()) {
      admin
          .incrementalAlterConfigs(
              Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), operations))
          .all()
          .get(SECONDS, TimeUnit.SECONDS);
    }
  }

  private Outcome growPartitions(KafkaTopic resource, String topic, TopicDescription existing)
      throws ExecutionException, InterruptedException, TimeoutException {
    Integer wanted = resource.getSpec().getPartitions();
    int present = existing.partitions().size();
    if (wanted != null && wanted < present) {
      return new Outcome.NotReady(topic, "NotSupported", "Decreasing partitions not supported");
    }
    if (wanted != null && wanted > present) {
      admin
          .createPartitions(Map.of(topic, NewPartitions.increaseTo(wanted)))
          .all()
          .get(SECONDS, TimeUnit.SECONDS);
    }
    return new Outcome.Ready(topic, existing.topicId().toString(), "");
  }

  private TopicDescription describe(String topic)
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

  // One broker can keep one copy in step, whatever the resource asks of a cluster.
  private static Map<String, String> configuration(KafkaTopic resource) {
    var configuration = new HashMap<String, String>();
    if (resource.getSpec().getConfig() != null) {
      resource.getSpec().getConfig().forEach((key, value) -> configuration.put(key, text(value)));
    }
    configuration.computeIfPresent("min.insync.replicas", (key, value) -> "1");
    return configuration;
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? String.join(",", list.stream().map(String::valueOf).toList())
        : String.valueOf(value);
  }

  private static String topicName(KafkaTopic resource) {
    String name = resource.getSpec().getTopicName();
    return name == null ? resource.getMetadata().getName() : name;
  }

  private static boolean isUnmanaged(KafkaTopic resource) {
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    return annotations != null && "false".equals(annotations.get("strimzi.io/managed"));
  }
}
