package dev.millrace.e2e.neighbour;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Strimzi's topic operator without a Kafka behind it (neighbours.md §1): it says what the real one
 * says, and remembers which topics would be in Kafka and which would have been deleted.
 */
final class QuickTopics extends Neighbour {
  private static final String FINALIZER = "strimzi.io/topic-operator";

  private static final long DAY_MILLIS = 86_400_000;

  private final Map<String, Set<String>> deleted = new HashMap<>();
  private final Map<String, Long> records = new ConcurrentHashMap<>();
  private final Map<String, String> ids = new ConcurrentHashMap<>();

  QuickTopics(KubernetesClient client, Children children) {
    super(client, children, Kinds.TOPIC);
  }

  /** Names of a tenant's topics whose data is gone, since the last call. */
  synchronized List<String> takeDeleted(String tenant) {
    var taken = deleted.remove(tenant);
    return taken == null ? List.of() : List.copyOf(taken);
  }

  /** Records of all topics whose names begin so: one for each day that retention has left. */
  Map<String, Long> records(String prefix) {
    var found = new TreeMap<>(records);
    found.keySet().removeIf(name -> !name.startsWith(prefix));
    return found;
  }

  /** Somebody writes to a topic that has no KafkaTopic of ours. */
  void put(String name, long count) {
    records.merge(name, count, Long::sum);
  }

  @Override
  void look(GenericKubernetesResource topic) {
    boolean unmanaged = isUnmanaged(topic);
    if (isDeleted(topic)) {
      if (!unmanaged && topic.getMetadata().getFinalizers().contains(FINALIZER)) {
        lose(Children.tenant(topic), Json.tree(topic).at("/spec/topicName").asText());
      }
      release(topic, FINALIZER);
      return;
    }
    if (!unmanaged) {
      hold(topic, FINALIZER);
      long days = Json.tree(topic).at("/spec/config/retention.ms").asLong() / DAY_MILLIS;
      records.merge(Json.tree(topic).at("/spec/topicName").asText(), days, Math::min);
    }
    var status = new HashMap<String, Object>();
    if (!unmanaged) {
      status.put("topicId", id(topic));
    }
    status.putAll(
        Map.of(
            "observedGeneration",
            topic.getMetadata().getGeneration(),
            "topicName",
            Json.tree(topic).at("/spec/topicName").asText(),
            "conditions",
            List.of(
                Map.of(
                    "type",
                    unmanaged ? "Unmanaged" : "Ready",
                    "status",
                    "True",
                    "lastTransitionTime",
                    topic.getMetadata().getCreationTimestamp()))));
    status(topic, status);
  }

  /** Kafka's id of a topic, for as long as Kafka has it: in hex digits, which tests mask. */
  private String id(GenericKubernetesResource topic) {
    return ids.computeIfAbsent(
        Json.tree(topic).at("/spec/topicName").asText(),
        none -> topic.getMetadata().getUid().replace("-", ""));
  }

  private synchronized void lose(String tenant, String name) {
    records.remove(name);
    ids.remove(name);
    deleted.computeIfAbsent(tenant, none -> new TreeSet<>()).add(name);
  }

  private static boolean isUnmanaged(GenericKubernetesResource topic) {
    var annotations = topic.getMetadata().getAnnotations();
    return annotations != null && "false".equals(annotations.get("strimzi.io/managed"));
  }
}
