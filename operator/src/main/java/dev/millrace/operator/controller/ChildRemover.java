package dev.millrace.operator.controller;

import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.status.ApplyFailure;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Deletes exactly the object that was seen: one of the same name that came later stays. */
final class ChildRemover {
  private final OperatorRuntime runtime;

  ChildRemover(OperatorRuntime runtime) {
    this.runtime = runtime;
  }

  /** Deletes an object unless its deletion is under way; empty if that succeeded. */
  Optional<ApplyFailure> remove(HasMetadata child) {
    return remove(child, "Background");
  }

  /** The same, and what it has made stays. */
  Optional<ApplyFailure> removeAlone(HasMetadata child) {
    return remove(child, "Orphan");
  }

  private Optional<ApplyFailure> remove(HasMetadata child, String propagation) {
    if (child.getMetadata().getDeletionTimestamp() != null) {
      return Optional.empty();
    }
    ChildRef ref = ChildRef.of(child);
    try {
      runtime.client().raw(path(child), "DELETE", options(child, propagation));
      runtime.metrics().childWritten(ref.kind(), "delete");
      return Optional.empty();
    } catch (KubernetesClientException e) {
      boolean gone =
          e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
              || e.getCode() == HttpURLConnection.HTTP_CONFLICT; // another UID by now
      return gone ? Optional.empty() : Optional.of(ChildApplier.refusal(ref, e).failure());
    }
  }

  /** By UID and no more: a status that changes meanwhile does not stand in the way. */
  private static DeleteOptions options(HasMetadata child, String propagation) {
    return new DeleteOptionsBuilder()
        .withNewPreconditions()
        .withUid(child.getMetadata().getUid())
        .endPreconditions()
        .withPropagationPolicy(propagation)
        .build();
  }

  private static String path(HasMetadata child) {
    ChildKind kind = ChildKind.of(child).orElseThrow();
    return kind.apiPath()
        + "/namespaces/"
        + child.getMetadata().getNamespace()
        + "/"
        + kind.plural()
        + "/"
        + child.getMetadata().getName();
  }
}
