package dev.millrace.binding;

import dev.millrace.contract.ColumnType;

/** One compiled expression over {@link Values}; holds its last result. One instance per thread. */
abstract sealed class CompiledExpression
    permits CompiledExpression.OfField, CompiledExpression.OfCondition, RuntimeExpression {
  /** What an evaluation came to. */
  enum Outcome {
    /** The result members hold the value. */
    VALUE,
    /** A null operand left no value. */
    NULL,
    /** The evaluation failed or left the numeric range. */
    FAILED
  }

  final ColumnType type;

  long bits;
  byte[] text;
  int textFrom;
  int textLength;

  CompiledExpression(ColumnType type) {
    this.type = type;
  }

  abstract Outcome evaluate(Values values);

  /** A bare name: no expression at all (api.md, "Types in expressions"). */
  static final class OfField extends CompiledExpression {
    private final int index;

    OfField(ColumnType type, int index) {
      super(type);
      this.index = index;
    }

    @Override
    Outcome evaluate(Values values) {
      if (values.isNull(index)) {
        return Outcome.NULL;
      }
      if (type.equals(ColumnType.STRING)) {
        text = values.text(index);
        textFrom = values.textFrom(index);
        textLength = values.textLength(index);
      } else {
        bits = values.bits(index);
      }
      return Outcome.VALUE;
    }
  }

  /** A condition on the direct path. */
  static final class OfCondition extends CompiledExpression {
    private final Condition condition;

    OfCondition(Condition condition) {
      super(ColumnType.BOOLEAN);
      this.condition = condition;
    }

    @Override
    Outcome evaluate(Values values) {
      int result = condition.test(values);
      bits = result;
      return result == Condition.UNKNOWN ? Outcome.NULL : Outcome.VALUE;
    }
  }
}
