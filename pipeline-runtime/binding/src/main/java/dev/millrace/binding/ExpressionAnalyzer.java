package dev.millrace.binding;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Violation;
import java.nio.charset.StandardCharsets;

/**
 * Reads expressions over one set of variables: bounds first, then syntax, names, types, so that the
 * first thing that is wrong is reported in its own words (reliability.md §6, rows 56–62).
 */
final class ExpressionAnalyzer {
  /** What an expression is. */
  sealed interface Analysis {
    /** A bare variable. */
    record Field(int index, ColumnType type) implements Analysis {}

    /** A type-checked tree. */
    record Tree(CelAbstractSyntaxTree tree, ColumnType type) implements Analysis {}

    /** Not acceptable. */
    record Refused(Violation.Kind kind, String text) implements Analysis {}
  }

  private final Variables variables;
  private CelEnvironment environment;

  ExpressionAnalyzer(Variables variables) {
    this.variables = variables;
  }

  Analysis analyze(String text) {
    String expression = text.strip();
    int index = variables.indexOf(expression);
    if (index >= 0) {
      return new Analysis.Field(index, variables.type(index));
    }
    if (expression.getBytes(StandardCharsets.UTF_8).length > CelEnvironment.MAX_BYTES) {
      return new Analysis.Refused(
          Violation.Kind.TOO_LONG, "may not be more than " + CelEnvironment.MAX_BYTES + " bytes");
    }
    int depth = Nesting.of(expression);
    return depth > CelEnvironment.MAX_DEPTH
        ? refused(Violation.Kind.INVALID, Nesting.refusal(Integer.toString(depth)))
        : parse(expression);
  }

  private Analysis parse(String expression) {
    if (environment == null) {
      environment = new CelEnvironment(variables);
    }
    CelValidationResult parsed = environment.parse(expression);
    if (parsed.hasError()) {
      return refused(
          Violation.Kind.INVALID, SyntaxErrorText.of(expression, parsed.getErrors().get(0)));
    }
    CelAbstractSyntaxTree tree = tree(parsed);
    Analysis names = new NameCheck(variables).check(tree.getExpr());
    return names != null ? names : types(tree);
  }

  private Analysis types(CelAbstractSyntaxTree parsed) {
    CelValidationResult checked = environment.check(parsed);
    if (checked.hasError()) {
      String text = new TypeErrorText(variables).of(parsed.getExpr(), checked.getErrors().get(0));
      return refused(Violation.Kind.INVALID, text);
    }
    CelAbstractSyntaxTree tree = tree(checked);
    ColumnType type = CelEnvironment.columnType(tree.getResultType());
    return type == null
        ? refused(
            Violation.Kind.INVALID,
            "has type "
                + TypeErrorText.typeName(tree.getResultType().name())
                + ", a number, bool, string or timestamp is needed; convert it")
        : new Analysis.Tree(tree, type);
  }

  private static Analysis refused(Violation.Kind kind, String text) {
    return new Analysis.Refused(kind, text);
  }

  private static CelAbstractSyntaxTree tree(CelValidationResult result) {
    try {
      return result.getAst();
    } catch (CelValidationException e) {
      throw new IllegalStateException("a result without errors has a tree", e);
    }
  }
}
