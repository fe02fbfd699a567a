package dev.millrace.e2e.fault;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Strimzi's topic operator without a Kafka behind it (neighbours.md §1): it says what the real one
 * says, and remembers which topics would be in Kafka and which would have been deleted.
 */
final class QuickTopics extends Neighbour {
  private static final String FINALIZER = "strimzi.io/topic-operator";

  private final Map<String, Set<String>> deleted = new HashMap<>();

  QuickTopics(KubernetesClient client, Children children) {
    super(client, children, Kinds.TOPIC);
  }

  /** Names of a tenant's topics whose data is gone, since the last call. */
  synchronized List<String> takeDeleted(String tenant) {
    var taken = deleted.remove(tenant);
    return taken == null ? List.of() : List.copyOf(taken);
  }

  @Override
  void look(GenericKubernetesResource topic) {
    boolean unmanaged = isUnmanaged(topic);
    if (isDeleted(topic)) {
      if (!unmanaged && topic.getMetadata().getFinalizers().contains(FINALIZER)) {
        lose(Children.tenant(topic), tree(topic).at("/spec/topicName").asText());
      }
      release(topic, FINALIZER);
      return;
    }
    if (!unmanaged) {
      hold(topic, FINALIZER);
    }
    status(
        topic,
        Map.of(
            "observedGeneration",
            topic.getMetadata().getGeneration(),
            "topicName",
            tree(topic).at("/spec/topicName").asText(),
            "conditions",
            List.of(
                Map.of(
                    "type",
                    unmanaged ? "Unmanaged" : "Ready",
                    "status",
                    "True",
                    "lastTransitionTime",
                    topic.getMetadata().getCreationTimestamp()))));
  }

  private synchronized void lose(String tenant, String name) {
    deleted.computeIfAbsent(tenant, none -> new TreeSet<>()).add(name);
  }

  private static boolean isUnmanaged(GenericKubernetesResource topic) {
    var annotations = topic.getMetadata().getAnnotations();
    return annotations != null && "false".equals(annotations.get("strimzi.io/managed"));
  }
}
