package dev.millrace.operator.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth.Progressing;
import dev.millrace.operator.observe.ChildHealth.Refused;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Health of a KafkaTopic (neighbours.md §1.3, §1.5): only {@code Ready=True} of the current
 * generation counts, and a topic that its operator does not manage is not ready.
 */
public final class TopicHealth {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);
  private static final String MANAGED = "strimzi.io/managed";
  private static final String PAUSED = "strimzi.io/pause-reconciliation";

  private TopicHealth() {}

  /**
   * Judges.
   *
   * @param actual the object; null if there is none
   */
  public static ChildHealth of(
      GenericKubernetesResource actual, ChildRef ref, TopicExpectation expected, Instant now) {
    if (actual == null) {
      return new Progressing(Reason.TOPIC_NOT_READY, ref + " does not exist yet; it is created");
    }
    if (actual.getMetadata().getDeletionTimestamp() != null) {
      return new Progressing(
          Reason.TOPIC_NOT_READY, ref + " is being deleted; it is created again after that");
    }
    JsonNode status = Untyped.status(actual);
    if (!status.isObject() || status.isEmpty()) {
      return silent(actual, ref, expected, now);
    }
    if (isTrue(status, "Unmanaged")) {
      return ignored(actual, ref, MANAGED, "false");
    }
    if (isTrue(status, "ReconciliationPaused")) {
      return ignored(actual, ref, PAUSED, "true");
    }
    if (status.path("observedGeneration").asLong(-1) != Untyped.generation(actual)) {
      return new Progressing(
          Reason.TOPIC_NOT_READY,
          ref + " has changed, the topic operator has not looked at it since; wait");
    }
    JsonNode ready = condition(status, "Ready");
    if (ready.path("status").asText("").equals("True")) {
      return ChildHealth.READY;
    }
    return TopicFailures.of(
        ref, expected, ready.path("reason").asText(""), ready.path("message").asText(""));
  }

  private static ChildHealth silent(
      GenericKubernetesResource actual, ChildRef ref, TopicExpectation expected, Instant now) {
    if (now.isBefore(Untyped.createdAt(actual).plus(LONGEST_SILENCE))) {
      return new Progressing(Reason.TOPIC_NOT_READY, ref + " has no status yet; wait");
    }
    return new Progressing(
        Reason.WAITING,
        ref
            + " has had no status for 60s, no topic operator answers for cluster "
            + expected.cluster()
            + " in namespace "
            + ref.namespace()
            + "; ask the administrator");
  }

  /** Somebody told the topic operator to leave the topic alone. */
  private static ChildHealth ignored(
      GenericKubernetesResource actual, ChildRef ref, String annotation, String value) {
    Map<String, String> annotations = actual.getMetadata().getAnnotations();
    String found = annotations == null ? null : annotations.get(annotation);
    if (value.equalsIgnoreCase(found)) {
      return new Refused(
          Reason.TOPIC_NOT_READY,
          ref + " is left alone because of annotation " + annotation + "; remove it");
    }
    return new Progressing(
        Reason.TOPIC_NOT_READY,
        ref + " was left alone, the topic operator has not looked at it since; wait");
  }

  private static boolean isTrue(JsonNode status, String type) {
    return condition(status, type).path("status").asText("").equals("True");
  }

  private static JsonNode condition(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText("").equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }
}
