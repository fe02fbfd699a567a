package dev.millrace.binding;

/** How deep brackets nest in an expression, outside of string literals. */
final class Nesting {
  private Nesting() {}

  static int of(String expression) {
    int deepest = 0;
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      }
    }
    return deepest;
  }

  static String refusal(String depth) {
    return "is nested " + depth + " deep, at most " + CelEnvironment.MAX_DEPTH + "; simplify it";
  }
}
