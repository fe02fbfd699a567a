package dev.millrace.binding;

import dev.cel.common.CelIssue;
import dev.millrace.contract.Violation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in our words where the syntax of an expression is wrong (reliability.md §6, row 56). */
final class SyntaxErrorText {
  private static final Pattern INPUT =
      Pattern.compile("(?:mismatched|extraneous) input '(.*?)' expecting (.*)", Pattern.DOTALL);
  private static final Pattern TOKEN =
      Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);

  private SyntaxErrorText() {}

  static String of(String expression, CelIssue issue) {
    String message = issue.getMessage();
    if (message.contains("recursion limit")) {
      return Nesting.refusal("too");
    }
    int column = issue.getSourceLocation().getColumn() + 1;
    String at = "syntax error at column " + column + ", ";
    Matcher input = INPUT.matcher(message);
    if (input.matches()) {
      return input.group(1).equals("<EOF>")
          ? at + "expected " + expected(input.group(2)) + "; complete " + quote(expression)
          : at + "unexpected " + quote(input.group(1)) + "; correct " + quote(expression);
    }
    Matcher token = TOKEN.matcher(message);
    if (token.matches()) {
      String advice = token.group(1).strip().equals("=") ? "; write == to compare" : null;
      return at
          + "unexpected "
          + quote(token.group(1).strip())
          + (advice != null ? advice : "; correct " + quote(expression));
    }
    return at + "it cannot be read; correct " + quote(expression);
  }

  private static String expected(String tokens) {
    return tokens.contains("IDENTIFIER")
        ? "an expression"
        : tokens.contains("')'") ? "\")\"" : tokens.contains("']'") ? "\"]\"" : "more";
  }

  private static String quote(String text) {
    return Violation.quote(text);
  }
}
