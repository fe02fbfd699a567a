package dev.millrace.operator.observe;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** Takes a FlinkDeployment's untyped status apart. */
final class FlinkViewReader {
  private FlinkViewReader() {}

  static FlinkView read(GenericKubernetesResource object) {
    throw new UnsupportedOperationException(String.valueOf(object));
  }

  static FlinkError error(String text) {
    throw new UnsupportedOperationException(text);
  }
}
