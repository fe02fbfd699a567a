package dev.millrace.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A structural schema, as read from a CRD.
 *
 * @param json the schema's object
 */
record SchemaNode(JsonNode json) {
  private static final Set<String> KEYWORDS =
      Set.of(
          "description",
          "type",
          "format",
          "default",
          "enum",
          "pattern",
          "maxLength",
          "minimum",
          "maximum",
          "minItems",
          "maxItems",
          "maxProperties",
          "required",
          "properties",
          "additionalProperties",
          "items",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-validations");

  /** A schema that declares nothing. */
  static final SchemaNode NOTHING = new SchemaNode(JsonNodeFactory.instance.objectNode());

  SchemaNode {
    var unknown = new TreeSet<String>();
    json.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(KEYWORDS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("schema keywords that are not implemented: " + unknown);
    }
  }

  String type() {
    return json.path("type").asText();
  }

  String text(String keyword) {
    return json.path(keyword).asText();
  }

  boolean has(String keyword) {
    return json.has(keyword);
  }

  JsonNode value(String keyword) {
    return json.path(keyword);
  }

  /** Names of the declared properties, in the order of the CRD. */
  List<String> properties() {
    return names(json.path("properties"));
  }

  /** Schema of a member of an object, or null when it is not declared. */
  SchemaNode member(String name) {
    JsonNode declared = json.path("properties").get(name);
    if (declared == null) {
      declared = json.get("additionalProperties");
    }
    return declared == null ? null : new SchemaNode(declared);
  }

  SchemaNode items() {
    return new SchemaNode(json.get("items"));
  }

  List<String> texts(String keyword) {
    var texts = new ArrayList<String>();
    json.path(keyword).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  List<RuleText> rules() {
    var rules = new ArrayList<RuleText>();
    json.path("x-kubernetes-validations").forEach(rule -> rules.add(RuleText.of(rule)));
    return rules;
  }

  static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
