package dev.millrace.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills in the defaults of a schema, in place, from the outside in as the API server does. */
final class SchemaDefaults {
  private SchemaDefaults() {}

  static void fill(SchemaNode schema, JsonNode value) {
    if (value instanceof ObjectNode object && schema.type().equals("object")) {
      fillMembers(schema, object);
    } else if (value.isArray() && schema.type().equals("array")) {
      var items = schema.items();
      value.forEach(item -> fill(items, item));
    }
  }

  private static void fillMembers(SchemaNode schema, ObjectNode object) {
    for (String name : schema.properties()) {
      var member = schema.member(name);
      // A null gives way to a default, too: no field of ours is nullable.
      if (member.has("default") && !object.hasNonNull(name)) {
        object.set(name, member.value("default").deepCopy());
      }
    }
    for (String name : SchemaNode.names(object)) {
      var member = schema.member(name);
      if (member != null) {
        fill(member, object.get(name));
      }
    }
  }
}
