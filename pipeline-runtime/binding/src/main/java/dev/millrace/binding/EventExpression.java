package dev.millrace.binding;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventSchema;

/**
 * One compiled expression over an event's fields: {@code anchor.where}, a label's value. Bare
 * fields and simple comparisons take a direct path, the rest the CEL runtime. One instance per
 * thread.
 */
public final class EventExpression {
  /**
   * @param schema fields the expression may use
   * @param expression CEL that {@link ExpressionCheck} accepted
   */
  public static EventExpression compile(EventSchema schema, String expression) {
    throw new UnsupportedOperationException("skeleton");
  }

  private EventExpression() {}

  public ColumnType type() {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * Evaluates the expression.
   *
   * @return false if the value is null or the evaluation failed; {@link #failed} tells which
   */
  public boolean evaluate(EventRecord event) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Whether the last evaluation failed rather than met a null. */
  public boolean failed() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Bits of the last value, unless its type is String. */
  public long bits() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** UTF-8 of the last value of type String. */
  public byte[] text() {
    throw new UnsupportedOperationException("skeleton");
  }
}
