package dev.millrace.crds.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.crds.admission.CustomResourceKind;
import java.util.StringJoiner;

/** The reference page of a CRD: one row per field, in the order of the schema. */
final class CrdReference {
  private final StringBuilder page = new StringBuilder();

  private CrdReference() {}

  static String of(CustomResourceKind kind) {
    var reference = new CrdReference();
    JsonNode version = kind.crd().at("/spec/versions/0");
    JsonNode schema = version.at("/schema/openAPIV3Schema");
    reference.page.append("# ").append(kind.kind()).append("\n\n");
    reference.page.append("Generated from the CRD; `kubectl explain` says the same.\n\n");
    reference.page.append(cell(schema.path("description").asText())).append('\n');
    for (String part : new String[] {"spec", "status"}) {
      reference.page.append("\n## ").append(part).append("\n\n");
      reference.page.append("| field | type | default | meaning |\n|---|---|---|---|\n");
      reference.fields(part, schema.at("/properties/" + part));
    }
    return reference.page.toString();
  }

  private void fields(String path, JsonNode object) {
    object
        .path("properties")
        .fields()
        .forEachRemaining(
            field -> {
              boolean required = false;
              for (JsonNode name : object.path("required")) {
                required |= name.asText().equals(field.getKey());
              }
              row(path + "." + field.getKey(), field.getValue(), required);
            });
  }

  private void row(String path, JsonNode schema, boolean required) {
    page.append("| `").append(path).append("`").append(required ? " (required)" : "");
    page.append(" | ").append(type(schema));
    page.append(" | ").append(schema.has("default") ? "`" + schema.get("default") + "`" : "");
    page.append(" | ").append(cell(schema.path("description").asText())).append(" |\n");
    if (schema.path("type").asText().equals("array")) {
      fields(path + "[]", schema.path("items"));
    } else {
      fields(path, schema);
    }
  }

  private static String type(JsonNode schema) {
    if (schema.has("enum")) {
      var values = new StringJoiner(", ");
      schema.get("enum").forEach(value -> values.add(value.asText()));
      return values.toString();
    }
    String type = schema.path("type").asText();
    if (type.equals("array")) {
      return "list of " + type(schema.path("items")) + bounds(schema, "minItems", "maxItems");
    }
    if (type.equals("integer") || type.equals("number")) {
      return type + bounds(schema, "minimum", "maximum");
    }
    String pattern = schema.path("pattern").asText("");
    return type + (pattern.isEmpty() ? "" : " `" + pattern.replace("|", "\\|") + "`");
  }

  private static String bounds(JsonNode schema, String least, String most) {
    if (!schema.has(least) && !schema.has(most)) {
      return "";
    }
    return " (" + schema.path(least).asText("") + "–" + schema.path(most).asText("") + ")";
  }

  private static String cell(String text) {
    return text.strip().replace("\n", " ").replace("|", "\\|");
  }
}
