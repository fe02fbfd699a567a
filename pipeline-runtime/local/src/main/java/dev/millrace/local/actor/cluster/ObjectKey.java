package dev.millrace.local.actor.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Namespace and name of one object of a kind. */
record ObjectKey(String namespace, String name) {
  static ObjectKey of(HasMetadata object) {
    return new ObjectKey(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
