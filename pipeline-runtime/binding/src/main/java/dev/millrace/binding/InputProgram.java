package dev.millrace.binding;

import dev.millrace.binding.CompiledExpression.Outcome;
import dev.millrace.kernel.EventInputs;
import dev.millrace.kernel.InputType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Evaluates an entity's inputs for one event, every distinct expression at most once.
 *
 * <p>A condition that is null or fails is false; a value is looked at only where its condition is
 * true. Both are counted per input, but for a null bare field: that is data, not a failure
 * (semantics.md §2).
 */
final class InputProgram {
  private final CompiledExpression[] conditions;
  private final Outcome[] conditionOutcomes;
  private final CompiledExpression[] values;

  /** Null until the value is asked for. */
  private final Outcome[] valueOutcomes;

  private final int[] conditionOf;
  private final int[] valueOf;
  private final InputType[] types;
  private final long[] errors;

  InputProgram(InputCatalog catalog) {
    conditions = catalog.conditions.toArray(CompiledExpression[]::new);
    conditionOutcomes = new Outcome[conditions.length];
    values = catalog.values.toArray(CompiledExpression[]::new);
    valueOutcomes = new Outcome[values.length];
    conditionOf = catalog.inputs.stream().mapToInt(InputCatalog.Input::condition).toArray();
    valueOf = catalog.inputs.stream().mapToInt(InputCatalog.Input::value).toArray();
    types =
        IntStream.range(0, valueOf.length).mapToObj(catalog::inputType).toArray(InputType[]::new);
    errors = new long[types.length];
  }

  List<InputType> types() {
    return List.of(types);
  }

  /** Failures of an input's condition or value so far. */
  long errors(int input) {
    return errors[input];
  }

  /** Sets every input that the event contributes to. */
  void evaluate(EventRecord event, EventInputs into) {
    for (int i = 0; i < conditions.length; i++) {
      conditionOutcomes[i] = conditions[i].evaluate(event);
    }
    Arrays.fill(valueOutcomes, null);
    for (int i = 0; i < types.length; i++) {
      if (passes(i)) {
        contribute(i, event, into);
      }
    }
  }

  private boolean passes(int input) {
    int condition = conditionOf[input];
    if (condition == InputCatalog.NONE) {
      return true;
    }
    if (conditionOutcomes[condition] != Outcome.VALUE) {
      errors[input]++;
      return false;
    }
    return conditions[condition].bits != 0;
  }

  private void contribute(int input, EventRecord event, EventInputs into) {
    int index = valueOf[input];
    if (index == InputCatalog.NONE) {
      into.setPresence(input);
      return;
    }
    CompiledExpression value = values[index];
    if (valueOutcomes[index] == null) {
      valueOutcomes[index] = value.evaluate(event);
    }
    if (valueOutcomes[index] == Outcome.VALUE) {
      set(input, value, into);
    } else if (!(value instanceof CompiledExpression.OfField)) {
      errors[input]++;
    }
  }

  private void set(int input, CompiledExpression value, EventInputs into) {
    switch (types[input]) {
      case PRESENCE -> into.setPresence(input);
      case INTEGER -> into.setInteger(input, value.bits);
      case TEXT -> into.setText(input, value.text, value.textFrom, value.textLength);
      case DOUBLE -> {
        if (!into.setDouble(input, Double.longBitsToDouble(value.bits))) {
          errors[input]++;
        }
      }
    }
  }
}
