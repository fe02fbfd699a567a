package dev.millrace.e2e.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.crds.admission.CustomResourceKind;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The schema of one of our kinds.
 *
 * @param root of a whole resource
 */
record Schema(JsonNode root) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Schema of(ObjectNode resource) {
    var kind = CustomResourceKind.of(resource).orElseThrow();
    return new Schema(kind.crd().at("/spec/versions/0/schema/openAPIV3Schema"));
  }

  /** The spec with every default of the schema, as its documentation promises. */
  JsonNode specWithDefaults(ObjectNode resource) {
    JsonNode spec = asJson(resource.get("spec"));
    fill(root.at("/properties/spec"), spec);
    return spec;
  }

  /** Numbers as a server writes them: YAML keeps the difference between 1 and 1.0, JSON too. */
  private static JsonNode asJson(JsonNode value) {
    try {
      return JSON.readTree(value.toString());
    } catch (IOException neverWritten) {
      throw new UncheckedIOException(neverWritten);
    }
  }

  private static void fill(JsonNode schema, JsonNode value) {
    if (value.isArray()) {
      value.forEach(item -> fill(schema.path("items"), item));
    } else if (value instanceof ObjectNode object) {
      schema
          .path("properties")
          .fields()
          .forEachRemaining(
              field -> {
                JsonNode fallback = field.getValue().get("default");
                if (fallback != null && !object.hasNonNull(field.getKey())) {
                  object.set(field.getKey(), asJson(fallback));
                }
                if (object.has(field.getKey())) {
                  fill(field.getValue(), object.get(field.getKey()));
                }
              });
    }
  }
}
