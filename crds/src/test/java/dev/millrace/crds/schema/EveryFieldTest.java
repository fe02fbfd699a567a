package dev.millrace.crds.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every field of both CRDs is described, with an example, and bounded (experience.md §10, row 3).
 */
class EveryFieldTest {
  private static final int LONGEST_DESCRIPTION = 400;

  /** A pattern without an open repetition bounds the length by itself. */
  private static final Pattern OPEN = Pattern.compile("[*+]|,}");

  static List<SchemaField> described() {
    // The API server forbids a description of metadata itself.
    return SchemaField.all().stream().filter(field -> !field.path().endsWith(".metadata")).toList();
  }

  static List<SchemaField> strings() {
    return ofType("string");
  }

  static List<SchemaField> numbers() {
    return ofType("integer");
  }

  static List<SchemaField> lists() {
    return ofType("array");
  }

  static List<SchemaField> objects() {
    return ofType("object");
  }

  @ParameterizedTest
  @MethodSource("described")
  void isDescribedWithAnExample(SchemaField field) {
    var description = field.schema().path("description").asText();
    assertThat(description).matches("(?s)[A-Z].*\\. Example: \\S.*");
    assertThat(description.indexOf("Example: ")).isLessThan(LONGEST_DESCRIPTION);
  }

  @ParameterizedTest
  @MethodSource("described")
  void namesItsDefault(SchemaField field) {
    var value = field.schema().path("default");
    var description = field.schema().path("description").asText();
    if (value.isTextual()) {
      var text = value.asText().isEmpty() ? "empty" : value.asText();
      assertThat(description).containsAnyOf("Default: " + text, "Default: \"" + text + "\"");
    } else if (value.isValueNode()) {
      assertThat(description).contains("Default: " + value.asText());
    } else if (!value.isMissingNode() && !field.path().endsWith(".status")) {
      assertThat(description).contains("Default: ");
    }
  }

  @ParameterizedTest
  @MethodSource("strings")
  void boundsStrings(SchemaField field) {
    var schema = field.schema();
    var pattern = schema.path("pattern").asText();
    var hasClosedPattern =
        pattern.startsWith("^")
            && pattern.endsWith("$")
            && !OPEN.matcher(pattern.replaceAll("\\[[^]]*]", "x")).find();
    assertThat(schema.has("maxLength") || schema.has("enum") || hasClosedPattern).isTrue();
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void boundsNumbers(SchemaField field) {
    assertThat(field.schema().has("minimum") && field.schema().has("maximum")).isTrue();
    assertThat(field.schema().path("format").asText()).isIn("int32", "int64");
  }

  @ParameterizedTest
  @MethodSource("lists")
  void boundsLists(SchemaField field) {
    var schema = field.schema();
    assertThat(schema.path("maxItems").asInt()).isPositive();
    assertThat(schema.path("x-kubernetes-list-type").asText()).isIn("map", "set", "atomic");
    assertThat(schema.has("x-kubernetes-list-map-keys"))
        .isEqualTo(schema.path("x-kubernetes-list-type").asText().equals("map"));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void boundsMaps(SchemaField field) {
    var schema = field.schema();
    assertThat(schema.has("maxProperties")).isEqualTo(schema.has("additionalProperties"));
    assertThat(schema.has("x-kubernetes-preserve-unknown-fields")).isFalse();
  }

  private static List<SchemaField> ofType(String type) {
    return SchemaField.all().stream().filter(field -> field.type().equals(type)).toList();
  }
}
