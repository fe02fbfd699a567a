package dev.millrace.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.contract.Violation;
import java.util.List;
import java.util.Map;

/**
 * Holds a document that no API server has seen to its CRD's schema, before it becomes a bean: a
 * bean has no room for an unknown field or a value of another type.
 */
public final class DocumentShape {
  private static final Map<String, JsonNode> SCHEMAS =
      Map.of(
          "FeaturePipeline", CrdSchemas.FEATURE_PIPELINE,
          "LabelWindow", CrdSchemas.LABEL_WINDOW);

  private DocumentShape() {}

  /** Everything about the document that the schema of its kind refuses, sorted by path. */
  public static List<Violation> check(JsonNode document) {
    JsonNode schema = SCHEMAS.get(document.path("kind").asText());
    if (schema == null) {
      return List.of(
          new Violation(
              "kind",
              Violation.Kind.UNSUPPORTED,
              Violation.quote(document.path("kind").asText())
                  + ": supported values: \"FeaturePipeline\", \"LabelWindow\""));
    }
    JsonNode spec = document.path("spec");
    return spec.isMissingNode() || spec.isNull()
        ? List.of(new Violation("spec", Violation.Kind.REQUIRED, ""))
        : SchemaCheck.check("spec", spec, schema.at("/properties/spec")).stream().sorted().toList();
  }
}
