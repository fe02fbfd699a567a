package dev.millrace.testkit.parity;

import dev.millrace.kernel.InputType;

/**
 * Values as text: nothing for null, decimal digits, {@code Double.toString}, texts in single
 * quotes, {@code true} for presence.
 */
final class ParityText {
  private ParityText() {}

  static String print(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof String text ? "'" + text + "'" : value.toString();
  }

  static Object parse(InputType type, String text) {
    if (text.isEmpty()) {
      return null;
    }
    return switch (type) {
      case PRESENCE -> Boolean.valueOf(text);
      case INTEGER -> Long.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case TEXT -> text.substring(1, text.length() - 1);
    };
  }
}
