package dev.millrace.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;

/** Values as they are echoed: strings in quotes with control characters escaped. */
final class Quoting {
  private Quoting() {}

  static String quote(String text) {
    var quoted = new StringBuilder("\"");
    text.codePoints().forEach(character -> append(quoted, character));
    return quoted.append('"').toString();
  }

  static String value(JsonNode value) {
    return value.isTextual() ? quote(value.asText()) : value.toString();
  }

  private static void append(StringBuilder quoted, int character) {
    switch (character) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      default -> {
        if (Character.isISOControl(character)) {
          quoted.append(String.format(character < 0x80 ? "\\x%02x" : "\\u%04x", character));
        } else {
          quoted.appendCodePoint(character);
        }
      }
    }
  }
}
