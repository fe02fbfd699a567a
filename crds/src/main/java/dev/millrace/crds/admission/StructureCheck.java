package dev.millrace.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.crds.admission.Refusal.Cause;

/** Types, required members and bounds of a value and of all that it holds. */
final class StructureCheck {
  private final Refusals refusals;

  StructureCheck(Refusals refusals) {
    this.refusals = refusals;
  }

  void check(SchemaNode schema, JsonNode value, String path) {
    if (!isOfType(schema.type(), value)) {
      var found = Quoting.quote(typeOf(value));
      refusals.inBody(
          path, Cause.WRONG_TYPE, found, "must be of type " + schema.type() + ": " + found);
      new TextCheck(refusals).checkEnum(schema, value, path);
      return;
    }
    switch (schema.type()) {
      case "object" -> object(schema, value, path);
      case "array" -> array(schema, value, path);
      case "string" -> new TextCheck(refusals).check(schema, value, path);
      case "integer" -> number(schema, value, path);
      case "boolean" -> {}
      default -> throw new IllegalArgumentException("type " + schema.type() + " at " + path);
    }
  }

  private void object(SchemaNode schema, JsonNode value, String path) {
    String prefix = path.isEmpty() ? "" : path + ".";
    for (String name : schema.texts("required")) {
      if (!value.has(name)) {
        refusals.add(prefix + name, Cause.REQUIRED, "");
      }
    }
    if (schema.has("maxProperties") && value.size() > schema.value("maxProperties").asInt()) {
      tooMany(path, value.size(), schema.value("maxProperties").asInt());
    }
    for (String name : SchemaNode.names(value)) {
      var member = schema.member(name);
      if (member != null) {
        check(member, value.get(name), prefix + name);
      }
    }
  }

  private void array(SchemaNode schema, JsonNode value, String path) {
    int size = value.size();
    if (size < schema.value("minItems").asInt()) {
      refusals.inBody(
          path,
          Cause.INVALID,
          Integer.toString(size),
          "should have at least " + schema.value("minItems").asInt() + " items");
    }
    if (size > schema.value("maxItems").asInt()) {
      tooMany(path, size, schema.value("maxItems").asInt());
    }
    var items = schema.items();
    for (int i = 0; i < size; i++) {
      check(items, value.get(i), path + "[" + i + "]");
    }
  }

  private void tooMany(String path, int size, int most) {
    refusals.add(path, Cause.TOO_MANY, size + ": must have at most " + most + " items");
  }

  private void number(SchemaNode schema, JsonNode value, String path) {
    var number = value.decimalValue();
    var least = schema.value("minimum");
    var most = schema.value("maximum");
    if (number.compareTo(least.decimalValue()) < 0) {
      refusals.inBody(
          path,
          Cause.INVALID,
          value.asText(),
          "should be greater than or equal to " + least.asText());
    }
    if (number.compareTo(most.decimalValue()) > 0) {
      refusals.inBody(
          path, Cause.INVALID, value.asText(), "should be less than or equal to " + most.asText());
    }
  }

  /** A number without a fraction is an integer, however it is written. */
  private static boolean isOfType(String type, JsonNode value) {
    return type.equals("integer") ? value.isNumber() && isWhole(value) : type.equals(typeOf(value));
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case OBJECT -> "object";
      case STRING -> "string";
      case NULL -> "null";
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("no JSON: " + value.getNodeType());
    };
  }

  private static boolean isWhole(JsonNode value) {
    return value.decimalValue().stripTrailingZeros().scale() <= 0;
  }
}
