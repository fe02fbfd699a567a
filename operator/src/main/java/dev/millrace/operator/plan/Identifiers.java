package dev.millrace.operator.plan;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The free names of a CEL expression, found by a lexer: what stands outside strings, is not called,
 * not selected and no keyword. It only serves to phrase refusals that the type check has already
 * decided on.
 */
final class Identifiers {
  private static final Set<String> KEYWORDS = Set.of("true", "false", "null", "in");

  private Identifiers() {}

  /** Names in the order of their first use. */
  static Set<String> in(String expression) {
    var names = new LinkedHashSet<String>();
    int i = 0;
    while (i < expression.length()) {
      char c = expression.charAt(i);
      if (c == '"' || c == '\'') {
        i = afterString(expression, i);
      } else if (Character.isDigit(c)) {
        i = afterWord(expression, i);
      } else if (isStart(c)) {
        int end = afterWord(expression, i);
        String word = expression.substring(i, end);
        if (!KEYWORDS.contains(word)
            && before(expression, i) != '.'
            && at(expression, end) != '('
            && !(end - i == 1 && (at(expression, end) == '"' || at(expression, end) == '\''))) {
          names.add(word);
        }
        i = end;
      } else {
        i++;
      }
    }
    return names;
  }

  /** Deepest nesting of parentheses, brackets and braces outside strings. */
  static int depth(String expression) {
    int depth = 0;
    int deepest = 0;
    int i = 0;
    while (i < expression.length()) {
      char c = expression.charAt(i);
      if (c == '"' || c == '\'') {
        i = afterString(expression, i);
        continue;
      }
      if (c == '(' || c == '[' || c == '{') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      }
      i++;
    }
    return deepest;
  }

  private static int afterString(String text, int from) {
    char quote = text.charAt(from);
    int i = from + 1;
    while (i < text.length() && text.charAt(i) != quote) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(text.length(), i + 1);
  }

  private static int afterWord(String text, int from) {
    int i = from;
    while (i < text.length() && (isStart(text.charAt(i)) || Character.isDigit(text.charAt(i)))) {
      i++;
    }
    return i;
  }

  private static char before(String text, int index) {
    int i = index - 1;
    while (i >= 0 && Character.isWhitespace(text.charAt(i))) {
      i--;
    }
    return i < 0 ? ' ' : text.charAt(i);
  }

  private static char at(String text, int index) {
    int i = index;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i < text.length() ? text.charAt(i) : ' ';
  }

  private static boolean isStart(char c) {
    return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
