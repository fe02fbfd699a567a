package dev.millrace.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.crds.admission.Refusal.Cause;
import java.util.HashSet;

/** Items that a list of type set or map holds twice. */
final class ListKeys {
  private final Refusals refusals;

  ListKeys(Refusals refusals) {
    this.refusals = refusals;
  }

  void check(SchemaNode schema, JsonNode value, String path) {
    if (value.isObject() && schema.type().equals("object")) {
      for (String name : SchemaNode.names(value)) {
        var member = schema.member(name);
        if (member != null) {
          check(member, value.get(name), path.isEmpty() ? name : path + "." + name);
        }
      }
    } else if (value.isArray() && schema.type().equals("array")) {
      items(schema, value, path);
    }
  }

  private void items(SchemaNode schema, JsonNode value, String path) {
    var seen = new HashSet<JsonNode>();
    var items = schema.items();
    boolean atomic = schema.text("x-kubernetes-list-type").equals("atomic");
    for (int i = 0; i < value.size(); i++) {
      String itemPath = path + "[" + i + "]";
      JsonNode key = key(schema, value.get(i));
      if (!atomic && !seen.add(key)) {
        refusals.add(itemPath, Cause.DUPLICATE, Quoting.value(key));
      }
      check(items, value.get(i), itemPath);
    }
  }

  /** What makes an item the same as another one: some members in a map, the whole item in a set. */
  static JsonNode key(SchemaNode schema, JsonNode item) {
    if (!schema.text("x-kubernetes-list-type").equals("map")) {
      return item;
    }
    var key = JsonNodeFactory.instance.objectNode();
    for (String name : schema.texts("x-kubernetes-list-map-keys")) {
      if (item.has(name)) {
        key.set(name, item.get(name));
      }
    }
    return key;
  }
}
