package dev.millrace.operator.observe;

import dev.millrace.contract.PlainText;
import java.util.regex.Pattern;

/** Texts of other software as our messages show them: one line, cut, without class names. */
final class ForeignText {
  static final int LIMIT = 256;

  /** Longer texts are cut before they are searched, so that no text makes searching slow. */
  private static final int SEARCHED = 2048;

  private static final Pattern EXCEPTION =
      Pattern.compile("^(?:[A-Za-z_$][\\w$]{0,63}\\.){1,16}[A-Z][\\w$]{0,127}: ");

  private ForeignText() {}

  /** The cause a Java exception's text names, without its classes and its final full stop. */
  static String cause(String text) {
    String rest = PlainText.line(text == null ? "" : text, SEARCHED).strip();
    for (var match = EXCEPTION.matcher(rest); match.find(); match = EXCEPTION.matcher(rest)) {
      rest = rest.substring(match.end());
    }
    String cut = PlainText.line(rest, LIMIT).strip();
    return cut.endsWith(".") ? cut.substring(0, cut.length() - 1) : cut;
  }

  /** The last part of a class name: {@code CheckpointException}. */
  static String simpleName(String type) {
    String line = PlainText.line(type == null ? "" : type, LIMIT);
    return line.substring(Math.max(line.lastIndexOf('.'), line.lastIndexOf('$')) + 1);
  }
}
