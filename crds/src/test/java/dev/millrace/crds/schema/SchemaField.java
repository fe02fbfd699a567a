package dev.millrace.crds.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.crds.admission.CustomResourceKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A field of a CRD, for tests that look at all of them.
 *
 * @param path kind and path, list items as {@code []}, map values as {@code {}}
 * @param schema its schema
 */
record SchemaField(String path, JsonNode schema) {
  /** All fields of both CRDs, the roots included. */
  static List<SchemaField> all() {
    var fields = new ArrayList<SchemaField>();
    for (CustomResourceKind kind : CustomResourceKind.values()) {
      collect(kind.kind(), root(kind), fields);
    }
    return fields;
  }

  /** The schema of a kind. */
  static JsonNode root(CustomResourceKind kind) {
    return kind.crd().at("/spec/versions/0/schema/openAPIV3Schema");
  }

  String type() {
    return schema.path("type").asText();
  }

  @Override
  public String toString() {
    return path;
  }

  private static void collect(String path, JsonNode schema, List<SchemaField> fields) {
    fields.add(new SchemaField(path, schema));
    schema
        .path("properties")
        .fields()
        .forEachRemaining(entry -> collect(path + "." + entry.getKey(), entry.getValue(), fields));
    if (schema.has("items")) {
      collect(path + "[]", schema.get("items"), fields);
    }
    if (schema.has("additionalProperties")) {
      collect(path + "{}", schema.get("additionalProperties"), fields);
    }
  }
}
