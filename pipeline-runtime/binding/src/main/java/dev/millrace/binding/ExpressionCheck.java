package dev.millrace.binding;

import dev.millrace.binding.ExpressionAnalyzer.Analysis;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Violation;
import java.util.Map;

/** Type check of CEL expressions for the planner: no values, no I/O. */
public final class ExpressionCheck {
  private ExpressionCheck() {}

  /** Outcome of a check. */
  public sealed interface Result {
    /** The expression is fine and has this type (a bare field keeps its exact Decimal). */
    record Typed(ColumnType type) implements Result {}

    /**
     * It is not; the text says what is wrong and what to write, without the field path.
     *
     * @param kind what sort of mistake: INVALID, NOT_FOUND, FORBIDDEN or TOO_LONG
     * @param text what is wrong
     */
    record Refused(Violation.Kind kind, String text) implements Result {}
  }

  /**
   * Checks one expression.
   *
   * @param expression CEL, or a bare variable name
   * @param variables types of the names it may use
   */
  public static Result check(String expression, Map<String, ColumnType> variables) {
    Analysis analysis = new ExpressionAnalyzer(Variables.of(variables)).analyze(expression);
    if (analysis instanceof Analysis.Field field) {
      return new Result.Typed(field.type());
    }
    if (analysis instanceof Analysis.Tree tree) {
      return new Result.Typed(tree.type());
    }
    var refused = (Analysis.Refused) analysis;
    return new Result.Refused(refused.kind(), refused.text());
  }
}
