package dev.millrace.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.crds.admission.Refusal.Cause;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Enum, pattern, length and format of a string. */
final class TextCheck {
  private final Refusals refusals;

  TextCheck(Refusals refusals) {
    this.refusals = refusals;
  }

  void check(SchemaNode schema, JsonNode value, String path) {
    String text = value.asText();
    String quoted = Quoting.quote(text);
    checkEnum(schema, value, path);
    if (schema.has("maxLength")) {
      int most = schema.value("maxLength").asInt();
      if (text.codePointCount(0, text.length()) > most) {
        refusals.add(path, Cause.TOO_LONG, "may not be more than " + most + " bytes");
      }
    }
    if (schema.has("pattern") && !matches(schema.text("pattern"), text)) {
      refusals.inBody(path, Cause.INVALID, quoted, "should match '" + schema.text("pattern") + "'");
    }
    if (schema.has("format") && !hasFormat(schema.text("format"), text)) {
      refusals.inBody(
          path,
          Cause.WRONG_TYPE,
          quoted,
          "must be of type " + schema.text("format") + ": " + quoted);
    }
  }

  /** The listed values only; a value of another type is none of them. */
  void checkEnum(SchemaNode schema, JsonNode value, String path) {
    if (schema.has("enum")
        && !(value.isTextual() && schema.texts("enum").contains(value.asText()))) {
      refusals.add(
          path,
          Cause.NOT_SUPPORTED,
          Quoting.value(value) + ": supported values: " + supported(schema));
    }
  }

  private static String supported(SchemaNode schema) {
    return schema.texts("enum").stream().map(Quoting::quote).collect(Collectors.joining(", "));
  }

  /**
   * As in Go, where {@code $} is the end of the text and not also the place before a last newline.
   */
  private static boolean matches(String pattern, String text) {
    String exact =
        pattern.endsWith("$") ? pattern.substring(0, pattern.length() - 1) + "\\z" : pattern;
    return Pattern.compile(exact).matcher(text).find();
  }

  private static boolean hasFormat(String format, String text) {
    try {
      switch (format) {
        case "date" -> LocalDate.parse(text);
        case "date-time" -> OffsetDateTime.parse(text);
        default -> throw new IllegalArgumentException("format " + format + " is not implemented");
      }
      return true;
    } catch (DateTimeException notOfThatFormat) {
      return false;
    }
  }
}
