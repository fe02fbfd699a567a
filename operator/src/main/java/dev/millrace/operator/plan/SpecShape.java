package dev.millrace.operator.plan;

import dev.millrace.contract.Violation;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * Holds a bean to its CRD before the planner's rules run, so that they never meet a missing member:
 * a resource may be older than the CRD, or may never have passed an API server. Other resources
 * that a rule looks at are held to less: they are ignored unless what it needs is there.
 */
final class SpecShape {
  private SpecShape() {}

  /** Everything for which admission would refuse the resource now. */
  static List<Violation> check(HasMetadata resource) {
    return DocumentShape.check(Undecoded.document(resource));
  }

  /** Whether a pipeline's topic can be looked at. */
  static boolean hasTopic(FeaturePipeline pipeline) {
    return pipeline.getSpec() != null
        && pipeline.getSpec().getSource() != null
        && pipeline.getSpec().getSource().getTopic() != null;
  }

  /** Whether a label window's topic can be looked at. */
  static boolean hasTopic(LabelWindow window) {
    return window.getSpec() != null
        && window.getSpec().getLabel() != null
        && window.getSpec().getLabel().getSource() != null
        && window.getSpec().getLabel().getSource().getTopic() != null;
  }

  /** Whether a label window's references and times can be looked at. */
  static boolean hasTimes(LabelWindow window) {
    return window.getSpec() != null
        && window.getSpec().getPipelineRef() != null
        && window.getSpec().getAttributionWindow() != null;
  }
}
