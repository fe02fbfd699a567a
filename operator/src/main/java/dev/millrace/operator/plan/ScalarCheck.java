package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.contract.Violation;
import dev.millrace.contract.Violation.Kind;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Bounds, patterns, enums and formats of single values, in the API server's words. */
final class ScalarCheck {
  private ScalarCheck() {}

  static void check(String path, JsonNode value, JsonNode schema, List<Violation> violations) {
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      violations.add(
          new Violation(
              path,
              Kind.UNSUPPORTED,
              quote(value.asText()) + ": supported values: " + listed(schema)));
      return;
    }
    if (value.isNumber()) {
      number(path, value, schema, violations);
    } else if (value.isTextual()) {
      text(path, value.asText(), schema, violations);
    }
  }

  private static boolean contains(JsonNode allowed, JsonNode value) {
    return StreamSupport.stream(allowed.spliterator(), false).anyMatch(value::equals);
  }

  private static String listed(JsonNode schema) {
    return StreamSupport.stream(schema.get("enum").spliterator(), false)
        .map(JsonNode::toString)
        .collect(Collectors.joining(", "));
  }

  private static void number(
      String path, JsonNode value, JsonNode schema, List<Violation> violations) {
    String bound = null;
    if (schema.has("minimum") && value.asLong() < schema.get("minimum").asLong()) {
      bound = "greater than or equal to " + schema.get("minimum").asText();
    } else if (schema.has("maximum") && value.asLong() > schema.get("maximum").asLong()) {
      bound = "less than or equal to " + schema.get("maximum").asText();
    }
    if (bound != null) {
      violations.add(
          new Violation(
              path, Kind.INVALID, value.asText() + ": " + path + " in body should be " + bound));
    }
  }

  private static void text(String path, String text, JsonNode schema, List<Violation> violations) {
    int longest = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    if (text.codePointCount(0, text.length()) > longest) {
      violations.add(
          new Violation(path, Kind.TOO_LONG, "may not be more than " + longest + " bytes"));
      return;
    }
    String pattern = schema.path("pattern").asText("");
    if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
      violations.add(
          new Violation(
              path,
              Kind.INVALID,
              quote(text) + ": " + path + " in body should match '" + pattern + "'"));
    }
    String format = schema.path("format").asText("");
    if (!isA(format, text)) {
      violations.add(
          new Violation(
              path,
              Kind.INVALID,
              quote(text)
                  + ": "
                  + path
                  + " in body must be of type "
                  + format
                  + ": "
                  + quote(text)));
    }
  }

  private static boolean isA(String format, String text) {
    try {
      switch (format) {
        case "date" -> LocalDate.parse(text);
        case "date-time" -> OffsetDateTime.parse(text);
        default -> {
          return true;
        }
      }
      return true;
    } catch (DateTimeParseException notOfThatFormat) {
      return false;
    }
  }
}
