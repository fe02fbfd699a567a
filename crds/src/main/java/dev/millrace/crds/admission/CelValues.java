package dev.millrace.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** JSON as CEL sees it: maps, lists, strings, booleans, 64-bit integers and doubles. */
final class CelValues {
  private CelValues() {}

  static Object of(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT -> {
        var map = new LinkedHashMap<String, Object>();
        json.fields().forEachRemaining(entry -> map.put(entry.getKey(), of(entry.getValue())));
        yield map;
      }
      case ARRAY -> {
        var list = new ArrayList<Object>(json.size());
        json.forEach(item -> list.add(of(item)));
        yield list;
      }
      case STRING -> json.asText();
      case BOOLEAN -> json.asBoolean();
      case NUMBER -> number(json);
      case NULL, BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("no value for a rule: " + json.getNodeType());
    };
  }

  private static Object number(JsonNode json) {
    // Not a conditional expression: it would turn the long into a double.
    if (json.canConvertToExactIntegral()) {
      return json.longValue();
    }
    return json.doubleValue();
  }
}
