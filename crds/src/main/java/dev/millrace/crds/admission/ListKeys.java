package dev.millrace.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.crds.admission.Refusal.Cause;
import java.util.HashMap;

/** Items that a list of type set or map holds twice. */
final class ListKeys {
  private static final String NO_OBJECT = "must be an object for an array of list-type map";

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
    if (!schema.text("x-kubernetes-list-type").equals("atomic")) {
      duplicates(schema, value, path);
    }
    var items = schema.items();
    for (int i = 0; i < value.size(); i++) {
      check(items, value.get(i), path + "[" + i + "]");
    }
  }

  /** Names the second item of a key and no further one, as the server does. */
  private void duplicates(SchemaNode schema, JsonNode value, String path) {
    var times = new HashMap<JsonNode, Integer>();
    for (int i = 0; i < value.size(); i++) {
      String itemPath = path + "[" + i + "]";
      var item = value.get(i);
      if (schema.text("x-kubernetes-list-type").equals("map") && !item.isObject()) {
        refusals.add(itemPath, Cause.INVALID, Quoting.value(item) + ": " + NO_OBJECT);
        return;
      }
      var key = key(schema, item);
      if (times.merge(key, 1, Integer::sum) == 2) {
        refusals.add(itemPath, Cause.DUPLICATE, Quoting.value(key));
      }
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
