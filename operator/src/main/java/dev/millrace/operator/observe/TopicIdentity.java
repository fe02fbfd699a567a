package dev.millrace.operator.observe;

import dev.millrace.operator.plan.TopicIds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a KafkaTopic still stands for the topic that it stood for before (reliability.md §2, L6).
 * The topic operator tells Kafka's id of the topic; a topic that was deleted and created again has
 * another one, and none of the old records.
 */
public final class TopicIdentity {
  /** What Kafka's ids look like, with room; anything else is no id. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private TopicIdentity() {}

  /** Kafka's id of the topic, as its operator says; empty if it has not said. */
  public static Optional<String> id(GenericKubernetesResource actual) {
    return Optional.of(Untyped.status(actual).path("topicId").asText(""))
        .filter(id -> ID.matcher(id).matches());
  }

  /**
   * Why the topic is not the one that was seen before, and what to do; empty if it is, or if its
   * operator has not said.
   *
   * @param actual the object; null if there is none
   * @param kafkaName the topic's name in Kafka
   * @param knownId the id that was seen before
   * @param remedy what the user does to go on without the old records
   */
  public static Optional<String> loss(
      GenericKubernetesResource actual,
      ChildRef ref,
      String kafkaName,
      String knownId,
      String remedy) {
    String known = "topic " + kafkaName + " (id " + knownId + ")";
    if (actual == null) {
      return Optional.of(
          ref
              + " was deleted, and as far as can be seen "
              + known
              + " with it; if Kafka still has the topic, create that KafkaTopic again as it was; "
              + remedy);
    }
    if (actual.getMetadata().getDeletionTimestamp() != null) {
      return Optional.of(
          ref
              + " is being deleted, and "
              + known
              + " with it; to keep the topic, annotate it strimzi.io/managed: \"false\" before it is"
              + " gone; "
              + remedy);
    }
    return id(actual)
        .filter(id -> !id.equals(knownId) && !knownId.equals(TopicIds.UNKNOWN))
        .map(
            id ->
                ref
                    + " stands for another topic now: "
                    + known
                    + " was deleted and created again with id "
                    + id
                    + "; "
                    + remedy);
  }
}
