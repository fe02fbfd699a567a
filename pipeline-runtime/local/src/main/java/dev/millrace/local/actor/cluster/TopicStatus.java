package dev.millrace.local.actor.cluster;

import dev.millrace.local.actor.TopicOperator.Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Status of a KafkaTopic as Strimzi writes it (neighbours.md §1.3). */
final class TopicStatus {
  private TopicStatus() {}

  static Map<String, Object> of(Outcome outcome, long generation) {
    if (outcome instanceof Outcome.Ready ready) {
      return status(generation, condition("Ready", "True"), ready.topic(), ready.topicId());
    }
    if (outcome instanceof Outcome.NotReady refused) {
      return refused(generation, refused.topic(), refused.topicId(), refused);
    }
    return status(generation, condition("Unmanaged", "True"), null, null);
  }

  /** {@code ReconciliationPaused=True}: Kafka was not asked. */
  static Map<String, Object> paused(long generation, Object topic, Object topicId) {
    return status(generation, condition("ReconciliationPaused", "True"), topic, topicId);
  }

  private static Map<String, Object> refused(
      long generation, String topic, String topicId, Outcome.NotReady refused) {
    Map<String, Object> condition = condition("Ready", "False");
    condition.put("reason", refused.reason());
    condition.put("message", refused.message());
    return status(generation, condition, topic, topicId);
  }

  private static Map<String, Object> condition(String type, String status) {
    var condition = new LinkedHashMap<String, Object>();
    condition.put("type", type);
    condition.put("status", status);
    condition.put("lastTransitionTime", Instant.now().toString());
    return condition;
  }

  private static Map<String, Object> status(
      long generation, Map<String, Object> condition, Object topic, Object topicId) {
    var status = new LinkedHashMap<String, Object>();
    status.put("observedGeneration", generation);
    if (topic != null) {
      status.put("topicName", topic);
    }
    if (topicId != null) {
      status.put("topicId", topicId);
    }
    status.put("conditions", List.of(condition));
    return status;
  }

  /** Whether two statuses differ in anything but the times of their conditions. */
  static boolean isSame(Map<?, ?> one, Map<?, ?> other) {
    return comparable(one).equals(comparable(other));
  }

  private static Map<Object, Object> comparable(Map<?, ?> status) {
    var copy = new LinkedHashMap<Object, Object>(status);
    // A number read from the server is an Integer where ours is a Long.
    copy.computeIfPresent("observedGeneration", (key, value) -> String.valueOf(value));
    copy.computeIfPresent(
        "conditions",
        (key, conditions) ->
            ((List<?>) conditions).stream().map(TopicStatus::withoutTime).toList());
    return copy;
  }

  private static Map<Object, Object> withoutTime(Object condition) {
    var copy = new LinkedHashMap<Object, Object>((Map<?, ?>) condition);
    copy.remove("lastTransitionTime");
    return copy;
  }
}
