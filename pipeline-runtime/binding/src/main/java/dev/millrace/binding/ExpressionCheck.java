package dev.millrace.binding;

import dev.millrace.contract.ColumnType;
import java.util.Map;

/** Type check of CEL expressions for the planner: no values, no I/O. */
public final class ExpressionCheck {
  private ExpressionCheck() {}

  /** Outcome of a check. */
  public sealed interface Result {
    /** The expression is fine and has this type (a bare field keeps its exact Decimal). */
    record Typed(ColumnType type) implements Result {}

    /** It is not; the text says what is wrong and what to write, without the field path. */
    record Refused(String text) implements Result {}
  }

  /**
   * Checks one expression.
   *
   * @param expression CEL, or a bare variable name
   * @param variables types of the names it may use
   */
  public static Result check(String expression, Map<String, ColumnType> variables) {
    throw new UnsupportedOperationException("skeleton");
  }
}
