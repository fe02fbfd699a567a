package dev.millrace.operator.controller;

import dev.millrace.v1alpha1.LabelWindow;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashSet;
import java.util.Set;

/** The pipelines that a LabelWindow reads, whose changes it may refuse. */
final class LabelWindowPipelines {
  private LabelWindowPipelines() {}

  static Set<ResourceID> of(LabelWindow window) {
    String namespace = window.getMetadata().getNamespace();
    var pipelines = new HashSet<ResourceID>();
    if (window.getSpec().getPipelineRef() != null) {
      pipelines.add(new ResourceID(window.getSpec().getPipelineRef().getName(), namespace));
    }
    if (window.getSpec().getFeatures() != null) {
      window
          .getSpec()
          .getFeatures()
          .forEach(
              join -> pipelines.add(new ResourceID(join.getPipelineRef().getName(), namespace)));
    }
    return pipelines;
  }
}
