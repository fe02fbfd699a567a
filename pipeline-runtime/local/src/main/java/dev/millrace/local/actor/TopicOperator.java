package dev.millrace.local.actor;

import dev.millrace.local.actor.TopicConfiguration.InvalidTopicResource;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * What Strimzi's topic operator does in Kafka for one KafkaTopic (neighbours.md §1): create or
 * adopt, alter configuration, add partitions, delete.
 */
public final class TopicOperator implements AutoCloseable {
  private final TopicBroker broker;
  private final Rules rules;

  /** How strictly a resource is taken. */
  public enum Rules {
    /** As Strimzi does: what the broker refuses is refused. */
    AS_STRIMZI,
    /**
     * For a local stack, whose broker is alone: more replicas are created as one, and the outcome
     * says so; an existing topic keeps configuration that the resource does not name.
     */
    ONE_BROKER
  }

  public TopicOperator(String bootstrapServers, Rules rules) {
    broker = new TopicBroker(bootstrapServers);
    this.rules = rules;
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

    /**
     * {@code Ready=False} with Strimzi's reason and message.
     *
     * @param topicId of the topic that exists, or null
     */
    record NotReady(String topic, String topicId, String reason, String message)
        implements Outcome {}
  }

  /** One pass over one resource. */
  public Outcome reconcile(KafkaTopic resource) throws InterruptedException {
    String topic = topicName(resource);
    if (isUnmanaged(resource)) {
      return new Outcome.Unmanaged(topic);
    }
    try {
      TopicDescription existing = broker.describe(topic);
      return existing == null ? create(resource, topic) : alter(resource, existing);
    } catch (ExecutionException e) {
      return new Outcome.NotReady(topic, null, "KafkaError", e.getCause().toString());
    } catch (TimeoutException e) {
      return new Outcome.NotReady(topic, null, "KafkaError", e.toString());
    } catch (InvalidTopicResource e) {
      return new Outcome.NotReady(topic, null, "InternalError", e.toString());
    }
  }

  /** Deletes the resource's topic; returns what went wrong. */
  public Optional<String> delete(String topic) throws InterruptedException {
    return broker.delete(topic);
  }

  @Override
  public void close() {
    broker.close();
  }

  private Outcome create(KafkaTopic resource, String topic)
      throws ExecutionException, InterruptedException, TimeoutException {
    Optional<Integer> partitions = Optional.ofNullable(resource.getSpec().getPartitions());
    Optional<Short> replicas =
        Optional.ofNullable(resource.getSpec().getReplicas()).map(Integer::shortValue);
    Optional<Short> created = rules == Rules.ONE_BROKER ? Optional.of((short) 1) : replicas;
    var wanted = new NewTopic(topic, partitions, created).configs(configuration(resource));
    String id = broker.create(wanted);
    boolean fewer = replicas.isPresent() && !replicas.equals(created);
    String note =
        fewer
            ? topic + ": " + replicas.get() + " replicas became 1, there is one local broker"
            : "";
    return new Outcome.Ready(topic, id, note);
  }

  /** Each of the three is tried, whatever becomes of the others; the first refusal is shown. */
  private Outcome alter(KafkaTopic resource, TopicDescription existing)
      throws InterruptedException, TimeoutException {
    String topic = existing.name();
    String id = existing.topicId().toString();
    var refusals = new ArrayList<Outcome.NotReady>();
    try {
      if (rules == Rules.AS_STRIMZI) {
        broker.adopt(topic, configuration(resource));
      } else {
        broker.set(topic, configuration(resource));
      }
    } catch (ExecutionException e) {
      refusals.add(new Outcome.NotReady(topic, id, "KafkaError", e.getCause().toString()));
    }
    try {
      growPartitions(resource, existing).ifPresent(refusals::add);
    } catch (ExecutionException e) {
      refusals.add(new Outcome.NotReady(topic, id, "KafkaError", e.getCause().toString()));
    }
    changedReplicas(resource, existing).ifPresent(refusals::add);
    return refusals.isEmpty() ? new Outcome.Ready(topic, id, "") : refusals.get(0);
  }

  private Optional<Outcome.NotReady> growPartitions(KafkaTopic resource, TopicDescription existing)
      throws ExecutionException, InterruptedException, TimeoutException {
    Integer wanted = resource.getSpec().getPartitions();
    int present = existing.partitions().size();
    if (wanted != null && wanted < present) {
      return Optional.of(notSupported(existing, "Decreasing partitions not supported"));
    }
    if (wanted != null && wanted > present) {
      broker.grow(existing.name(), wanted);
    }
    return Optional.empty();
  }

  private Optional<Outcome.NotReady> changedReplicas(
      KafkaTopic resource, TopicDescription existing) {
    Integer wanted = resource.getSpec().getReplicas();
    if (wanted == null || rules == Rules.ONE_BROKER) {
      return Optional.empty();
    }
    List<Integer> others =
        existing.partitions().stream()
            .filter(partition -> partition.replicas().size() != wanted)
            .map(partition -> partition.partition())
            .toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            notSupported(
                existing,
                "Replication factor change not supported, but required for partitions " + others));
  }

  private static Outcome.NotReady notSupported(TopicDescription existing, String message) {
    return new Outcome.NotReady(
        existing.name(), existing.topicId().toString(), "NotSupported", message);
  }

  private Map<String, String> configuration(KafkaTopic resource) {
    Map<String, String> configuration = TopicConfiguration.of(resource);
    if (rules == Rules.ONE_BROKER) {
      // One broker can keep one copy in step, whatever the resource asks of a cluster.
      configuration.computeIfPresent("min.insync.replicas", (key, value) -> "1");
    }
    return configuration;
  }

  /** Name of the resource's topic in Kafka. */
  public static String topicName(KafkaTopic resource) {
    String name = resource.getSpec().getTopicName();
    return name == null ? resource.getMetadata().getName() : name;
  }

  /** Whether the topic is to be left alone. */
  public static boolean isUnmanaged(KafkaTopic resource) {
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    return annotations != null && "false".equals(annotations.get("strimzi.io/managed"));
  }
}
