package dev.millrace.operator.telemetry;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names one resource of a kind. */
record ResourceKey(String namespace, String name) {
  static ResourceKey of(HasMetadata resource) {
    return new ResourceKey(resource.getMetadata().getNamespace(), resource.getMetadata().getName());
  }
}
