package dev.millrace.operator.controller;

import dev.millrace.operator.desired.Labels;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/**
 * Whose a child is: by owner UID, in an owner reference or, on objects that hold data, in a label.
 * A name or another label never justifies a change (reliability.md §1).
 */
final class Ownership {
  private Ownership() {}

  /** Whether the child belongs to exactly this resource. */
  static boolean belongs(HasMetadata child, HasMetadata owner) {
    String uid = owner.getMetadata().getUid();
    if (!child.getMetadata().getOwnerReferences().isEmpty()) {
      return sameNamespace(child, owner)
          && child.getMetadata().getOwnerReferences().stream()
              .anyMatch(reference -> uid.equals(reference.getUid()));
    }
    return uid.equals(label(child, Labels.OWNER_UID))
        && (sameNamespace(child, owner) || child.getKind().equals(ChildKind.KAFKA_TOPIC.kind()));
  }

  /**
   * Whether a data object was left by an earlier resource of the same namespace and name, so that
   * it can be taken up again (reliability.md §2, L5).
   */
  static boolean leftByNamesake(HasMetadata child, HasMetadata desired) {
    return child.getMetadata().getOwnerReferences().isEmpty()
        && desired.getMetadata().getOwnerReferences().isEmpty()
        && same(child, desired, Labels.NAMESPACE)
        && (same(child, desired, Labels.PIPELINE) || same(child, desired, Labels.LABEL_WINDOW));
  }

  /**
   * Whether a resource has taken up a data object that an earlier one of its namespace and name
   * left and that keeps the label of the earlier one.
   */
  static boolean takenUp(HasMetadata child, HasMetadata owner) {
    String ownerLabel = owner instanceof FeaturePipeline ? Labels.PIPELINE : Labels.LABEL_WINDOW;
    return child.getMetadata().getOwnerReferences().isEmpty()
        && sameNamespace(child, owner)
        && owner.getMetadata().getNamespace().equals(label(child, Labels.NAMESPACE))
        && owner.getMetadata().getName().equals(label(child, ownerLabel));
  }

  /** UID of whoever owns it, for messages. */
  static String ownerUid(HasMetadata child) {
    return child.getMetadata().getOwnerReferences().stream()
        .findFirst()
        .map(reference -> reference.getUid())
        .orElseGet(() -> String.valueOf(label(child, Labels.OWNER_UID)));
  }

  private static boolean same(HasMetadata one, HasMetadata other, String key) {
    String value = label(one, key);
    return value != null && value.equals(label(other, key));
  }

  private static boolean sameNamespace(HasMetadata child, HasMetadata owner) {
    return owner.getMetadata().getNamespace().equals(child.getMetadata().getNamespace());
  }

  private static String label(HasMetadata object, String key) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? null : labels.get(key);
  }
}
