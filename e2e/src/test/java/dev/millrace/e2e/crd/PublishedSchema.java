package dev.millrace.e2e.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The schema that the API server publishes, from which kubectl explains and editors complete. */
final class PublishedSchema {
  private final JsonNode schemas;

  /**
   * Reads a document.
   *
   * @param document OpenAPI v3 of our group
   */
  PublishedSchema(JsonNode document) {
    schemas = document.at("/components/schemas");
  }

  boolean has(String kind) {
    return schemas.has("dev.millrace.v1alpha1." + kind);
  }

  /** Descriptions of all fields of a kind by path; of spec and status, not of metadata. */
  Map<String, String> descriptions(String kind) {
    var found = new TreeMap<String, String>();
    JsonNode root = schemas.path("dev.millrace.v1alpha1." + kind);
    found.put(kind, root.path("description").asText());
    for (String part : new String[] {"spec", "status"}) {
      collect(kind + "." + part, root.path("properties").path(part), found);
    }
    return found;
  }

  /** The last parts of these paths; a name such as {@code segment.ms} has dots of its own. */
  Set<String> names(String kind) {
    var names = new TreeSet<String>();
    for (String part : new String[] {"spec", "status"}) {
      names.add(part);
      names(schemas.path("dev.millrace.v1alpha1." + kind).path("properties").path(part), names);
    }
    return names;
  }

  private static void names(JsonNode schema, Set<String> found) {
    schema
        .path("properties")
        .fields()
        .forEachRemaining(
            field -> {
              found.add(field.getKey());
              names(field.getValue(), found);
            });
    if (schema.has("items")) {
      names(schema.get("items"), found);
    }
    if (schema.path("additionalProperties").isObject()) {
      names(schema.get("additionalProperties"), found);
    }
  }

  private static void collect(String path, JsonNode schema, Map<String, String> found) {
    found.put(path, schema.path("description").asText());
    schema
        .path("properties")
        .fields()
        .forEachRemaining(field -> collect(path + "." + field.getKey(), field.getValue(), found));
    if (schema.has("items")) {
      collect(path + "[]", schema.get("items"), found);
    }
    if (schema.path("additionalProperties").isObject()) {
      collect(path + "{}", schema.get("additionalProperties"), found);
    }
  }
}
