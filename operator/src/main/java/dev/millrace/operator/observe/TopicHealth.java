package dev.millrace.operator.observe;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;

/** Health of a KafkaTopic (neighbours.md §1.3, §1.5). */
public final class TopicHealth {
  private TopicHealth() {}

  /**
   * Judges.
   *
   * @param actual the object; null if there is none
   */
  public static ChildHealth of(
      GenericKubernetesResource actual, ChildRef ref, TopicExpectation expected, Instant now) {
    return new ChildHealth.Progressing(
        dev.millrace.contract.Reason.TOPIC_NOT_READY, ref + " " + actual + expected + now);
  }
}
