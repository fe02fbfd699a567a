package dev.millrace.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.contract.Violation;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import java.util.List;

/**
 * Holds a bean to its schema before the rules run, so that they never meet a missing member: a
 * resource may be older than the CRD, or may never have passed an API server.
 */
final class SpecShape {
  private SpecShape() {}

  static List<Violation> check(FeaturePipeline pipeline) {
    return spec(ResourceSpecs.tree(pipeline.getSpec()), CrdSchemas.FEATURE_PIPELINE);
  }

  static List<Violation> check(LabelWindow window) {
    return spec(ResourceSpecs.tree(window.getSpec()), CrdSchemas.LABEL_WINDOW);
  }

  private static List<Violation> spec(JsonNode spec, JsonNode schema) {
    if (spec == null || spec.isNull()) {
      return List.of(new Violation("spec", Violation.Kind.REQUIRED, ""));
    }
    return SchemaCheck.check("spec", spec, schema.at("/properties/spec"));
  }
}
