package dev.millrace.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/**
 * Names one child.
 *
 * @param kind its kind
 * @param namespace its namespace
 * @param name its name
 */
public record ChildRef(String kind, String namespace, String name) {
  public ChildRef {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
  }

  /** The child an object is. */
  public static ChildRef of(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return new ChildRef(
        object.getKind(), namespace == null ? "" : namespace, object.getMetadata().getName());
  }

  /** Its name as the owner's status has it: with the namespace if that is another one. */
  public String text(String ownerNamespace) {
    return namespace.isEmpty() || namespace.equals(ownerNamespace) ? name : namespace + "/" + name;
  }

  /** As messages name it: {@code KafkaTopic kafka/fraud-payments-tx-5d0c91be}. */
  @Override
  public String toString() {
    return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
