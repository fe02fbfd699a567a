package dev.millrace.local.actor.cluster;

import dev.millrace.local.actor.TopicOperator;
import dev.millrace.local.actor.TopicOperator.Outcome;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Strimzi's topic operator for the KafkaTopics of one Kafka cluster, without Cruise Control; the
 * passes are neighbours.md §1.2 to §1.4 step by step.
 */
final class TopicOperatorActor implements AutoCloseable {
  private static final String FINALIZER = "strimzi.io/topic-operator";
  private static final String CLUSTER = "strimzi.io/cluster";
  private static final String PAUSE = "strimzi.io/pause-reconciliation";
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private final CustomKind kind;
  private final ActorSettings settings;
  private final TopicOperator kafka;
  private final TopicClaims claims = new TopicClaims();
  private final ControlLoop loop;
  private final ObjectFeed<GenericKubernetesResource> feed;

  TopicOperatorActor(KubernetesClient client, String bootstrapServers, ActorSettings settings) {
    kind = CustomKind.kafkaTopics(client);
    this.settings = settings;
    kafka = new TopicOperator(bootstrapServers, TopicOperator.Rules.AS_STRIMZI);
    loop = new ControlLoop("topic operator", 1, this::pass);
    feed =
        ObjectFeed.start(
            "topic operator",
            kind::informer,
            ObjectFeed.ANY_CHANGE,
            key -> loop.add(key, settings.delays().topicLinger()));
  }

  private Optional<Duration> pass(ObjectKey key) throws InterruptedException {
    if (!settings.serves(key)) {
      return Optional.empty();
    }
    var writes = ObjectWrites.of(kind.objects(), key);
    GenericKubernetesResource object = writes.read();
    if (object == null || !isOurs(object)) {
      claims.forget(key); // a changed label leaves status and finalizer as they are
      return Optional.empty();
    }
    var topic = SERIALIZATION.convertValue(object, KafkaTopic.class);
    if (topic.getMetadata().getDeletionTimestamp() != null) {
      delete(topic, object, writes);
    } else if (topic.getSpec() != null) {
      write(writes, object, status(key, topic, object, writes));
    }
    return Optional.of(settings.delays().topicResync());
  }

  private Map<String, Object> status(
      ObjectKey key,
      KafkaTopic topic,
      GenericKubernetesResource object,
      ObjectWrites<GenericKubernetesResource> writes)
      throws InterruptedException {
    long generation = topic.getMetadata().getGeneration();
    String name = TopicOperator.topicName(topic);
    if (TopicOperator.isUnmanaged(topic)) {
      return TopicStatus.of(new Outcome.Unmanaged(name), generation);
    }
    Map<?, ?> before = statusOf(object);
    Object present = before.get("topicName");
    if (present != null && !present.equals(name)) {
      return TopicStatus.of(renamed(present.toString()), generation);
    }
    Optional<ObjectKey> owner = claims.claim(name, key, topic.getMetadata().getCreationTimestamp());
    if (owner.isPresent()) {
      return TopicStatus.of(owned(name, owner.get()), generation);
    }
    if (isPaused(topic)) {
      return TopicStatus.paused(generation, present, before.get("topicId"));
    }
    writes.addFinalizer(FINALIZER);
    return TopicStatus.of(kafka.reconcile(topic), generation);
  }

  private static Outcome renamed(String present) {
    return new Outcome.NotReady(
        present, null, "NotSupported", "Changing spec.topicName is not supported");
  }

  private static Outcome owned(String topic, ObjectKey owner) {
    String message =
        "Managed by Ref{namespace='" + owner.namespace() + "', name='" + owner.name() + "'}";
    return new Outcome.NotReady(topic, null, "ResourceConflict", message);
  }

  /** A paused topic is deleted like any other; one that is not managed stays in Kafka. */
  private void delete(
      KafkaTopic topic,
      GenericKubernetesResource object,
      ObjectWrites<GenericKubernetesResource> writes)
      throws InterruptedException {
    if (!topic.getMetadata().getFinalizers().contains(FINALIZER)) {
      return;
    }
    long generation = topic.getMetadata().getGeneration();
    String name =
        topic.getSpec() == null ? topic.getMetadata().getName() : TopicOperator.topicName(topic);
    Object present = statusOf(object).get("topicName");
    if (!TopicOperator.isUnmanaged(topic)) {
      if (present != null && !present.equals(name)) {
        write(writes, object, TopicStatus.of(renamed(present.toString()), generation));
        return;
      }
      Optional<String> failure = kafka.delete(name);
      if (failure.isPresent()) {
        var refused = new Outcome.NotReady(name, null, "KafkaError", failure.get());
        write(writes, object, TopicStatus.of(refused, generation));
        return;
      }
    }
    writes.removeFinalizer(FINALIZER);
    claims.forget(ObjectKey.of(topic));
  }

  /** Written only when something changed; overwrites whatever another writer put there. */
  private static void write(
      ObjectWrites<GenericKubernetesResource> writes,
      GenericKubernetesResource seen,
      Map<String, Object> status) {
    if (TopicStatus.isSame(statusOf(seen), status)) {
      return;
    }
    writes.status(
        object -> {
          object.setAdditionalProperty("status", status);
          return object;
        });
  }

  private static Map<?, ?> statusOf(GenericKubernetesResource object) {
    return object.getAdditionalProperties().get("status") instanceof Map<?, ?> status
        ? status
        : Map.of();
  }

  private boolean isOurs(GenericKubernetesResource object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels != null && settings.kafkaCluster().equals(labels.get(CLUSTER));
  }

  private static boolean isPaused(KafkaTopic topic) {
    Map<String, String> annotations = topic.getMetadata().getAnnotations();
    return annotations != null && "true".equalsIgnoreCase(annotations.get(PAUSE));
  }

  @Override
  public void close() {
    feed.close();
    loop.close();
    kafka.close();
  }
}
