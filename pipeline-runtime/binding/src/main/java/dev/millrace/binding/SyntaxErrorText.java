package dev.millrace.binding;

import dev.cel.common.CelIssue;
import dev.millrace.contract.Violation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in our words where the syntax of an expression is wrong (reliability.md §6, row 56). */
final class SyntaxErrorText {
  private static final Pattern MISSING = Pattern.compile("missing '(.+)' at '.*'", Pattern.DOTALL);
  private static final Pattern UNEXPECTED =
      Pattern.compile("(?:mismatched|extraneous) input '(.+?)' expecting (.*)", Pattern.DOTALL);
  private static final Pattern TOKEN =
      Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);

  private SyntaxErrorText() {}

  static String of(String expression, CelIssue issue) {
    String message = issue.getMessage();
    if (message.contains("recursion limit")) {
      return Nesting.refusal("too");
    }
    return "syntax error at column "
        + (issue.getSourceLocation().getColumn() + 1)
        + ", "
        + what(Violation.quote(expression), message);
  }

  private static String what(String expression, String message) {
    Matcher missing = MISSING.matcher(message);
    if (missing.matches()) {
      return "expected \"" + missing.group(1) + "\"; complete " + expression;
    }
    Matcher input = UNEXPECTED.matcher(message);
    if (input.matches()) {
      return input.group(1).equals("<EOF>")
          ? "expected " + expected(input.group(2)) + "; complete " + expression
          : unexpected(input.group(1)) + "; correct " + expression;
    }
    Matcher token = TOKEN.matcher(message);
    if (!token.matches()) {
      return "it cannot be read; correct " + expression;
    }
    String text = token.group(1).strip();
    if (text.equals("=")) {
      return unexpected(text) + "; write == to compare";
    }
    return text.startsWith("'") || text.startsWith("\"")
        ? "the string has no end or an unknown escape; correct " + expression
        : unexpected(text) + "; correct " + expression;
  }

  private static String unexpected(String text) {
    return "unexpected " + Violation.quote(text);
  }

  private static String expected(String tokens) {
    if (tokens.contains("IDENTIFIER")) {
      return "an expression";
    }
    return tokens.contains("':'") ? "\":\"" : tokens.contains("']'") ? "\"]\"" : "more";
  }
}
