package dev.millrace.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.crds.admission.Refusal.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Fields that no schema declares; one refusal names them all, as strict decoding does. */
final class UnknownFields {
  private static final Set<String> ALWAYS = Set.of("apiVersion", "kind", "metadata");

  private final List<String> paths = new ArrayList<>();

  private UnknownFields() {}

  static void check(SchemaNode schema, JsonNode resource, Refusals refusals) {
    var unknown = new UnknownFields();
    for (String name : SchemaNode.names(resource)) {
      if (!ALWAYS.contains(name)) {
        unknown.member(schema, name, resource.get(name), name);
      }
    }
    if (!unknown.paths.isEmpty()) {
      refusals.add("", Cause.UNKNOWN_FIELD, unknown.text());
    }
  }

  private String text() {
    return paths.stream()
        .map(path -> "unknown field " + Quoting.quote(path))
        .collect(Collectors.joining(", ", "strict decoding error: ", ""));
  }

  private void member(SchemaNode schema, String name, JsonNode value, String path) {
    var declared = schema.member(name);
    if (declared == null) {
      paths.add(path);
    } else {
      walk(declared, value, path);
    }
  }

  /**
   * A scalar's schema declares nothing, so that all members of an object in its place are unknown.
   */
  private void walk(SchemaNode schema, JsonNode value, String path) {
    if (value.isObject()) {
      for (String name : SchemaNode.names(value)) {
        member(schema, name, value.get(name), path + "." + name);
      }
    } else if (value.isArray()) {
      var items = schema.has("items") ? schema.items() : SchemaNode.NOTHING;
      for (int i = 0; i < value.size(); i++) {
        walk(items, value.get(i), path + "[" + i + "]");
      }
    }
  }
}
