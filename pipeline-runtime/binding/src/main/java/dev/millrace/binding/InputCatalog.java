package dev.millrace.binding;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.FieldType;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.contract.Violation;
import dev.millrace.kernel.InputType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the distinct inputs of an entity: pairs of a value and a condition, compiled once
 * however many features and windows use them (performance.md §3.1).
 */
final class InputCatalog {
  static final int NONE = -1;

  /**
   * One input.
   *
   * @param condition index of its condition, or {@link #NONE} for all events
   * @param value index of its value, or {@link #NONE} for presence alone
   */
  record Input(int condition, int value) {}

  private final Expressions expressions;
  private final Map<String, Integer> conditionIndexes = new HashMap<>();
  private final Map<String, Integer> valueIndexes = new HashMap<>();
  private final Map<Input, Integer> inputIndexes = new HashMap<>();
  final List<CompiledExpression> conditions = new ArrayList<>();
  final List<CompiledExpression> values = new ArrayList<>();
  final List<Input> inputs = new ArrayList<>();

  InputCatalog(EventSchema schema) {
    expressions = new Expressions(Variables.of(schema));
  }

  /**
   * Index of the input for a value and a condition, added if it is new.
   *
   * @param value expression text; empty for presence alone
   * @param where expression text; empty for all events
   */
  int indexOf(String value, String where) {
    int condition = where.isEmpty() ? NONE : index(where, conditionIndexes, conditions);
    if (condition != NONE && !conditions.get(condition).type.equals(ColumnType.BOOLEAN)) {
      throw new MillraceFailure(
          Reason.DEFINITION_REFUSED, "where is not a condition: " + Violation.quote(where));
    }
    var input = new Input(condition, value.isEmpty() ? NONE : index(value, valueIndexes, values));
    Integer known = inputIndexes.putIfAbsent(input, inputs.size());
    if (known != null) {
      return known;
    }
    inputs.add(input);
    return inputs.size() - 1;
  }

  private int index(
      String expression, Map<String, Integer> indexes, List<CompiledExpression> compiled) {
    Integer known = indexes.putIfAbsent(expression.strip(), compiled.size());
    if (known != null) {
      return known;
    }
    compiled.add(expressions.compile(expression));
    return compiled.size() - 1;
  }

  /** Type of an input's values, or null for presence alone. */
  ColumnType valueType(int input) {
    int value = inputs.get(input).value();
    return value == NONE ? null : values.get(value).type;
  }

  /** What the kernel is told of an input. */
  InputType inputType(int input) {
    ColumnType type = valueType(input);
    if (type == null) {
      return InputType.PRESENCE;
    }
    return type.type() == FieldType.STRING
        ? InputType.TEXT
        : type.type() == FieldType.DOUBLE ? InputType.DOUBLE : InputType.INTEGER;
  }
}
