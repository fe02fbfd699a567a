package dev.millrace.binding;

import dev.millrace.binding.CompiledExpression.Outcome;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventSchema;
import java.util.Arrays;

/**
 * One compiled expression over an event's fields: {@code anchor.where}, a label's value. Bare
 * fields and simple comparisons take a direct path, the rest the CEL runtime. One instance per
 * thread.
 */
public final class EventExpression {
  private final CompiledExpression compiled;
  private Outcome outcome;

  private EventExpression(CompiledExpression compiled) {
    this.compiled = compiled;
  }

  /**
   * @param schema fields the expression may use
   * @param expression CEL that {@link ExpressionCheck} accepted
   * @throws dev.millrace.contract.MillraceFailure {@code DEFINITION_REFUSED} if it did not
   */
  public static EventExpression compile(EventSchema schema, String expression) {
    return new EventExpression(new Expressions(Variables.of(schema)).compile(expression));
  }

  public ColumnType type() {
    return compiled.type;
  }

  /**
   * Evaluates the expression.
   *
   * @return false if the value is null or the evaluation failed; {@link #failed} tells which
   */
  public boolean evaluate(EventRecord event) {
    outcome = compiled.evaluate(event);
    return outcome == Outcome.VALUE;
  }

  /** Whether the last evaluation failed rather than met a null. */
  public boolean failed() {
    return outcome == Outcome.FAILED;
  }

  /** Bits of the last value, unless its type is String. */
  public long bits() {
    return compiled.bits;
  }

  /** UTF-8 of the last value of type String. */
  public byte[] text() {
    return Arrays.copyOfRange(
        compiled.text, compiled.textFrom, compiled.textFrom + compiled.textLength);
  }
}
