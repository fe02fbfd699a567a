package dev.millrace.operator.controller;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;

/**
 * Whether more than one resource is going: then nothing that holds data is touched. Where that
 * cannot be read, the deletion waits and says so: it is neither harmless nor a reason to keep.
 */
final class Surroundings {
  private static final String GROUP = ".millrace.dev";

  private final OperatorRuntime runtime;

  Surroundings(OperatorRuntime runtime) {
    this.runtime = runtime;
  }

  /** Whether the namespace, or the definition of one of our kinds, is being deleted or is gone. */
  boolean going(String namespace) {
    return namespaceGoing(namespace)
        || definitionGoing("featurepipelines" + GROUP)
        || definitionGoing("labelwindows" + GROUP);
  }

  private boolean namespaceGoing(String name) {
    Namespace namespace = runtime.client().namespaces().withName(name).get();
    return namespace == null || namespace.getMetadata().getDeletionTimestamp() != null;
  }

  private boolean definitionGoing(String name) {
    CustomResourceDefinition definition =
        runtime.client().apiextensions().v1().customResourceDefinitions().withName(name).get();
    return definition == null || definition.getMetadata().getDeletionTimestamp() != null;
  }
}
