package dev.millrace.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.contract.Violation;
import dev.millrace.crds.admission.Admission;
import dev.millrace.crds.admission.CustomResourceKind;
import dev.millrace.crds.admission.Refusal;
import java.util.List;

/**
 * Holds a document that no API server has seen to its CRD, schema and rules, before it becomes a
 * bean: a bean has no room for an unknown field or a value of another type.
 */
final class DocumentShape {
  private static final String STRICT = Violation.Kind.UNKNOWN_FIELD.text() + ": ";
  private static final Admission ADMISSION = new Admission();

  private DocumentShape() {}

  /** Everything for which admission refuses the document, sorted by path. */
  static List<Violation> check(JsonNode document) {
    if (CustomResourceKind.of(document).isEmpty()) {
      String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
      return List.of(
          new Violation(
              "kind",
              Violation.Kind.UNSUPPORTED,
              Violation.quote(kind.trim())
                  + ": supported values: \"FeaturePipeline\", \"LabelWindow\" of "
                  + CustomResourceKind.API_VERSION));
    }
    return ADMISSION.create(withoutNulls(document.deepCopy())).stream()
        .map(DocumentShape::violation)
        .sorted()
        .toList();
  }

  /** A member without a value is an absent member: no field of ours is nullable. */
  private static JsonNode withoutNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(member -> member.getValue().isNull());
    }
    node.forEach(DocumentShape::withoutNulls);
    return node;
  }

  private static Violation violation(Refusal refusal) {
    Violation.Kind kind =
        switch (refusal.cause()) {
          case UNKNOWN_FIELD -> Violation.Kind.UNKNOWN_FIELD;
          case REQUIRED -> Violation.Kind.REQUIRED;
          case FORBIDDEN -> Violation.Kind.FORBIDDEN;
          case INVALID, WRONG_TYPE -> Violation.Kind.INVALID;
          case NOT_SUPPORTED -> Violation.Kind.UNSUPPORTED;
          case DUPLICATE -> Violation.Kind.DUPLICATE;
          case TOO_LONG -> Violation.Kind.TOO_LONG;
          case TOO_MANY -> Violation.Kind.TOO_MANY;
        };
    String text = refusal.detail();
    return new Violation(
        refusal.path(), kind, text.startsWith(STRICT) ? text.substring(STRICT.length()) : text);
  }
}
