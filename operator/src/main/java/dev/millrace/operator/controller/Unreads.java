package dev.millrace.operator.controller;

import dev.millrace.operator.status.Unread;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Looks at a resource that the API server ended with a refusal (reliability.md §4.2). */
final class Unreads {
  private Unreads() {}

  /** What is to be said about an exception; empty if trying again is all there is to do. */
  static Optional<Unread> of(HasMetadata resource, Exception failure) {
    return failure instanceof KubernetesClientException e
            && ApiFailures.of(e) instanceof ApiFailures.Meaning.Refused refused
        ? Optional.of(
            new Unread(
                resource.getMetadata().getGeneration(),
                refused.reason(),
                ApiFailures.answer(e),
                resource.getMetadata().getDeletionTimestamp() != null))
        : Optional.empty();
  }
}
