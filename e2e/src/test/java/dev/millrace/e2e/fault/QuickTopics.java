package dev.millrace.e2e.fault;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
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

  private final Set<String> deleted = new TreeSet<>();

  QuickTopics(KubernetesClient client) {
    super(client, Kinds.TOPIC);
  }

  /** Names of topics whose data is gone, since the last call. */
  synchronized List<String> takeDeleted() {
    var taken = List.copyOf(deleted);
    deleted.clear();
    return taken;
  }

  @Override
  void look(GenericKubernetesResource topic) {
    boolean unmanaged = isUnmanaged(topic);
    if (isDeleted(topic)) {
      if (!unmanaged && topic.getMetadata().getFinalizers().contains(FINALIZER)) {
        lose(tree(topic).at("/spec/topicName").asText());
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

  private synchronized void lose(String name) {
    deleted.add(name);
  }

  private static boolean isUnmanaged(GenericKubernetesResource topic) {
    var annotations = topic.getMetadata().getAnnotations();
    return annotations != null && "false".equals(annotations.get("strimzi.io/managed"));
  }
}
