package dev.millrace.binding;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.millrace.binding.ExpressionAnalyzer.Analysis;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.contract.Violation;

/** Compiles expressions over one set of variables, each to the cheapest form that is right. */
final class Expressions {
  private final Variables variables;
  private final ExpressionAnalyzer analyzer;

  Expressions(Variables variables) {
    this.variables = variables;
    analyzer = new ExpressionAnalyzer(variables);
  }

  /**
   * @throws MillraceFailure {@link Reason#DEFINITION_REFUSED} for an expression that the planner
   *     would not have accepted
   */
  CompiledExpression compile(String expression) {
    Analysis analysis = analyzer.analyze(expression);
    if (analysis instanceof Analysis.Field field) {
      return new CompiledExpression.OfField(field.type(), field.index());
    }
    if (analysis instanceof Analysis.Tree tree) {
      Condition condition = new DirectPath(variables).condition(tree.tree().getExpr());
      return condition != null
          ? new CompiledExpression.OfCondition(condition)
          : runtime(tree.tree(), tree.type());
    }
    var refused = (Analysis.Refused) analysis;
    throw new MillraceFailure(
        Reason.DEFINITION_REFUSED,
        "expression " + Violation.quote(expression) + ": " + refused.text());
  }

  /** The same expression on the CEL runtime, whatever its form: what the direct path must equal. */
  CompiledExpression compileForRuntime(String expression) {
    var tree = (Analysis.Tree) analyzer.analyze(expression);
    return runtime(tree.tree(), tree.type());
  }

  private CompiledExpression runtime(CelAbstractSyntaxTree tree, ColumnType type) {
    return new RuntimeExpression(type, CelEnvironment.program(tree), variables);
  }
}
