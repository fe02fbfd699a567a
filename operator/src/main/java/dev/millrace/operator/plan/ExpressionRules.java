package dev.millrace.operator.plan;

import dev.millrace.binding.ExpressionCheck;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Violation;
import dev.millrace.operator.config.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Type check of one expression with the texts of reliability.md §6, rows 56–62: size and depth
 * first, then names that do not exist, then types.
 */
final class ExpressionRules {
  private final Limits limits;
  private final Violations violations;

  ExpressionRules(Limits limits, Violations violations) {
    this.limits = limits;
    this.violations = violations;
  }

  /**
   * The type of an expression, or empty after a violation.
   *
   * @param variables what the expression may name
   * @param unknown reports a name that is not among the variables, given the path and the name
   */
  Optional<ColumnType> type(
      String path,
      String expression,
      Map<String, ColumnType> variables,
      BiConsumer<String, String> unknown) {
    if (!fits(path, expression)) {
      return Optional.empty();
    }
    var result = ExpressionCheck.check(expression, variables);
    if (result instanceof ExpressionCheck.Result.Typed typed) {
      return Optional.of(typed.type());
    }
    var refused = (ExpressionCheck.Result.Refused) result;
    var strangers = new TreeSet<>(Identifiers.in(expression));
    strangers.removeAll(variables.keySet());
    if (refused.kind() == Violation.Kind.NOT_FOUND && !strangers.isEmpty()) {
      strangers.forEach(name -> unknown.accept(path, name));
    } else {
      violations.add(new Violation(path, refused.kind(), refused.text()));
    }
    return Optional.empty();
  }

  /** Checks a condition: an expression of type Boolean. */
  void condition(
      String path,
      String expression,
      Map<String, ColumnType> variables,
      BiConsumer<String, String> unknown) {
    type(path, expression, variables, unknown)
        .filter(type -> !type.equals(ColumnType.BOOLEAN))
        .ifPresent(
            type ->
                violations.invalid(
                    path,
                    "has type "
                        + type.type().text()
                        + ", a condition is needed; write for example "
                        + example(expression, type, variables)));
  }

  private static String example(
      String expression, ColumnType type, Map<String, ColumnType> variables) {
    String name = variables.containsKey(expression) ? expression : "(" + expression + ")";
    return name
        + switch (type.type()) {
          case STRING -> " == \"EUR\"";
          case LONG -> " > 0";
          case DOUBLE, DECIMAL -> " > 0.0";
          case TIMESTAMP -> " > timestamp(\"2026-01-01T00:00:00Z\")";
          case BOOLEAN -> "";
        };
  }

  private boolean fits(String path, String expression) {
    int bytes = expression.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > limits.expressionBytes()) {
      violations.invalid(
          path, "has " + bytes + " bytes, at most " + limits.expressionBytes() + "; simplify it");
      return false;
    }
    int depth = Identifiers.depth(expression);
    if (depth > limits.expressionDepth()) {
      violations.invalid(
          path,
          "is nested " + depth + " deep, at most " + limits.expressionDepth() + "; simplify it");
      return false;
    }
    return true;
  }

  /** Reports a name that is no field of a source's schema, with the likely one. */
  BiConsumer<String, String> noField(String schemaPath, Map<String, ColumnType> variables) {
    return (path, name) ->
        violations.notFound(
            path,
            Violation.quote(name)
                + " is not a field of "
                + schemaPath
                + "; "
                + NearestName.advice(name, variables.keySet(), "fields"));
  }
}
