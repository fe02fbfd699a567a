package dev.millrace.binding;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.CelVariableResolver;
import dev.millrace.contract.ColumnType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * An expression on the CEL runtime. A null variable is CEL's unknown: it spreads through every
 * operator but {@code && || ?:} where another operand decides. Allocates; the direct path is for
 * what happens per event most of the time.
 */
final class RuntimeExpression extends CompiledExpression implements CelVariableResolver {
  private final CelRuntime.Program program;
  private final Variables variables;
  private Values values;

  RuntimeExpression(ColumnType type, CelRuntime.Program program, Variables variables) {
    super(type);
    this.program = program;
    this.variables = variables;
  }

  @Override
  public Optional<Object> find(String name) {
    int index = variables.indexOf(name);
    return index < 0 || values.isNull(index)
        ? Optional.empty()
        : Optional.of(variables.celValue(values, index));
  }

  @Override
  Outcome evaluate(Values values) {
    this.values = values;
    try {
      return take(program.eval(this));
    } catch (CelEvaluationException e) {
      // Expected per event, counted by the caller, the same in both engines (semantics.md §2).
      return Outcome.FAILED;
    }
  }

  private Outcome take(Object result) {
    if (result instanceof CelUnknownSet) {
      return Outcome.NULL;
    }
    return switch (type.type()) {
      case LONG -> bits((Long) result);
      case BOOLEAN -> bits((Boolean) result ? 1 : 0);
      case DOUBLE -> real((Double) result);
      case TIMESTAMP -> bits(((Instant) result).toEpochMilli());
      case STRING -> text((String) result);
      case DECIMAL -> throw new IllegalStateException("CEL has no decimals");
    };
  }

  private Outcome bits(long value) {
    bits = value;
    return Outcome.VALUE;
  }

  private Outcome real(double value) {
    bits = Double.doubleToRawLongBits(value);
    return Double.isNaN(value)
        ? Outcome.NULL
        : Double.isInfinite(value) ? Outcome.FAILED : Outcome.VALUE;
  }

  private Outcome text(String value) {
    text = value.getBytes(StandardCharsets.UTF_8);
    textFrom = 0;
    textLength = text.length;
    return Outcome.VALUE;
  }
}
