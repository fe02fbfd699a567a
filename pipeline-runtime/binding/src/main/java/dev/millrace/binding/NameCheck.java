package dev.millrace.binding;

import dev.cel.common.ast.CelExpr;
import dev.millrace.binding.ExpressionAnalyzer.Analysis;
import dev.millrace.contract.Violation;

/** Whether every name of a parsed expression is a variable and every function is allowed. */
final class NameCheck {
  private final Variables variables;

  NameCheck(Variables variables) {
    this.variables = variables;
  }

  /** The first refusal, or null. */
  Analysis.Refused check(CelExpr tree) {
    return switch (tree.getKind()) {
      case CONSTANT, NOT_SET -> null;
      case IDENT -> name(tree.ident().name());
      case SELECT -> select(tree.select());
      case CALL -> call(tree.call());
      case LIST -> all(tree.list().elements());
      case MAP -> map(tree.map());
      case STRUCT ->
          new Analysis.Refused(
              Violation.Kind.FORBIDDEN,
              "message " + Violation.quote(tree.struct().messageName()) + " is not available");
      case COMPREHENSION -> throw new IllegalStateException("no macro makes a comprehension");
    };
  }

  private Analysis.Refused call(CelExpr.CelCall call) {
    if (!CelEnvironment.isFunction(call.function())) {
      return new Analysis.Refused(
          Violation.Kind.FORBIDDEN,
          "function "
              + Violation.quote(call.function())
              + " is not available; the reference lists those that are");
    }
    Analysis.Refused target = call.target().map(this::check).orElse(null);
    return target != null ? target : all(call.args());
  }

  private Analysis.Refused select(CelExpr.CelSelect select) {
    Analysis.Refused operand = check(select.operand());
    return operand != null
        ? operand
        : new Analysis.Refused(
            Violation.Kind.INVALID,
            "."
                + select.field()
                + " has nothing to select from; declare a schema field with path and use its name");
  }

  private Analysis.Refused map(CelExpr.CelMap map) {
    for (CelExpr.CelMap.Entry entry : map.entries()) {
      Analysis.Refused key = check(entry.key());
      Analysis.Refused value = key != null ? key : check(entry.value());
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private Analysis.Refused all(Iterable<CelExpr> trees) {
    for (CelExpr tree : trees) {
      Analysis.Refused refused = check(tree);
      if (refused != null) {
        return refused;
      }
    }
    return null;
  }

  private Analysis.Refused name(String name) {
    if (variables.indexOf(name) >= 0) {
      return null;
    }
    String nearest = nearest(name);
    String advice =
        nearest != null
            ? "did you mean " + Violation.quote(nearest) + "?"
            : "use one of: " + String.join(", ", variables.names());
    return new Analysis.Refused(
        Violation.Kind.NOT_FOUND, Violation.quote(name) + " is not a known name; " + advice);
  }

  private String nearest(String name) {
    String best = null;
    int bestDistance = Math.max(2, name.length() / 3) + 1;
    for (String candidate : variables.names()) {
      int distance = distance(name, candidate);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = candidate;
      }
    }
    return best;
  }

  /** Edit distance (Levenshtein). */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(previous[j - 1] + change, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
