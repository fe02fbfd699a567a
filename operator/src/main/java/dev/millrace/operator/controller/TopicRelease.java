package dev.millrace.operator.controller;

import dev.millrace.operator.status.ApplyFailure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets a KafkaTopic go without its topic (neighbours.md §1.4): annotated first, deleted only then.
 * The topic operator decides on the object it sees, which has the annotation, so the topic in Kafka
 * survives whenever the operator looks.
 */
final class TopicRelease {
  private static final String MANAGED = "strimzi.io/managed";
  private static final PatchContext MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager(ChildApplier.FIELD_MANAGER)
          .build();

  private final OperatorRuntime runtime;
  private final ChildRemover remover;

  TopicRelease(OperatorRuntime runtime, ChildRemover remover) {
    this.runtime = runtime;
    this.remover = remover;
  }

  /** Marks a topic as not managed any more, once. */
  void annotate(HasMetadata topic) {
    Map<String, String> annotations = topic.getMetadata().getAnnotations();
    if (annotations == null || !"false".equals(annotations.get(MANAGED))) {
      runtime
          .client()
          .resource(topic)
          .patch(MERGE, "{\"metadata\":{\"annotations\":{\"" + MANAGED + "\":\"false\"}}}");
      runtime.metrics().childWritten(topic.getKind(), "release");
    }
  }

  /** Whether the topic operator has said that it leaves the topic alone. */
  static boolean isReleased(HasMetadata topic) {
    Object conditions = ((GenericKubernetesResource) topic).get("status", "conditions");
    return conditions instanceof List<?> list
        && list.stream()
            .anyMatch(
                condition ->
                    condition instanceof Map<?, ?> map
                        && "Unmanaged".equals(map.get("type"))
                        && "True".equals(map.get("status")));
  }

  /** Deletes the resource of a topic that was annotated before; empty if that succeeded. */
  Optional<ApplyFailure> remove(HasMetadata topic) {
    return remover.remove(topic);
  }
}
