package dev.millrace.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.contract.Violation;
import dev.millrace.contract.Violation.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The structural part of admission (api.md §5, tier 1) for YAML that no API server has seen: types,
 * required members, unknown fields, list bounds, map keys and sets, in the server's own words.
 * Single values are {@link ScalarCheck}'s.
 */
final class SchemaCheck {
  private final List<Violation> violations = new ArrayList<>();

  private SchemaCheck() {}

  /** Everything that is wrong with {@code value} under the schema. */
  static List<Violation> check(String path, JsonNode value, JsonNode schema) {
    var check = new SchemaCheck();
    check.any(path, value, schema);
    return check.violations;
  }

  private void any(String path, JsonNode value, JsonNode schema) {
    String type = schema.path("type").asText();
    if (!isA(value, type)) {
      String found = typeOf(value);
      add(
          path,
          Kind.INVALID,
          "\""
              + found
              + "\": "
              + path
              + " in body must be of type "
              + type
              + ": \""
              + found
              + "\"");
    } else if (type.equals("object")) {
      object(path, value, schema);
    } else if (type.equals("array")) {
      array(path, value, schema);
    } else {
      ScalarCheck.check(path, value, schema, violations);
    }
  }

  private void object(String path, JsonNode value, JsonNode schema) {
    for (JsonNode required : schema.path("required")) {
      if (isAbsent(value.get(required.asText()))) {
        add(child(path, required.asText()), Kind.REQUIRED, "");
      }
    }
    JsonNode properties = schema.path("properties");
    JsonNode others = schema.path("additionalProperties");
    for (Iterator<Map.Entry<String, JsonNode>> it = value.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> member = it.next();
      String at = child(path, member.getKey());
      JsonNode known = properties.has(member.getKey()) ? properties.get(member.getKey()) : others;
      if (!known.isObject()) {
        add(at, Kind.UNKNOWN_FIELD, "");
      } else if (!isAbsent(member.getValue())) {
        any(at, member.getValue(), known);
      }
    }
  }

  private void array(String path, JsonNode value, JsonNode schema) {
    int size = value.size();
    if (size < schema.path("minItems").asInt(0)) {
      add(
          path,
          Kind.INVALID,
          size
              + ": "
              + path
              + " in body should have at least "
              + schema.get("minItems")
              + " items");
    }
    if (size > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
      add(path, Kind.TOO_MANY, size + ": must have at most " + schema.get("maxItems") + " items");
      return;
    }
    String listType = schema.path("x-kubernetes-list-type").asText();
    var seen = new HashSet<String>();
    for (int i = 0; i < size; i++) {
      String at = path + "[" + i + "]";
      any(at, value.get(i), schema.get("items"));
      String identity = identity(value.get(i), listType, schema);
      if (identity != null && !seen.add(identity)) {
        add(at, Kind.DUPLICATE, identity);
      }
    }
  }

  /** What makes an item unique in its list, as the server prints it; null if nothing does. */
  private static String identity(JsonNode item, String listType, JsonNode schema) {
    if (listType.equals("set")) {
      return item.toString();
    }
    if (!listType.equals("map") || !item.isObject()) {
      return null;
    }
    var key = JsonNodeFactory.instance.objectNode();
    for (JsonNode name : schema.get("x-kubernetes-list-map-keys")) {
      key.set(name.asText(), item.get(name.asText()));
    }
    return key.toString();
  }

  private static boolean isAbsent(JsonNode value) {
    return value == null || value.isNull();
  }

  private static boolean isA(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      default -> value.isTextual();
    };
  }

  private static String typeOf(JsonNode value) {
    if (value.isIntegralNumber()) {
      return "integer";
    }
    return value.isNumber()
        ? "number"
        : value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private void add(String path, Kind kind, String text) {
    violations.add(new Violation(path, kind, text));
  }
}
