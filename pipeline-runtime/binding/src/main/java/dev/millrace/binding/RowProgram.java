package dev.millrace.binding;

import dev.millrace.binding.CompiledExpression.Outcome;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.FieldType;
import dev.millrace.kernel.KeyState;
import dev.millrace.kernel.RowValues;
import java.util.Arrays;
import java.util.List;

/**
 * Turns what the kernel computed into a row: {@code emptyAs} for empty windows, then the derived
 * columns (semantics.md §3).
 */
final class RowProgram {
  /** Value of an empty window in place of the aggregation's own; null for none. */
  record EmptyAs(long bits, byte[] text) {}

  private final ColumnType[] types;
  private final EmptyAs[] emptyAs;
  private final CompiledExpression[] derived;
  private final long[] derivedErrors;
  private final RowValues values;

  /**
   * @param columns feature columns
   * @param emptyAs per feature column; null for none
   * @param derived the derived columns that follow them
   */
  RowProgram(List<OutputColumn> columns, EmptyAs[] emptyAs, List<CompiledExpression> derived) {
    types = columns.stream().map(OutputColumn::type).toArray(ColumnType[]::new);
    this.emptyAs = emptyAs;
    this.derived = derived.toArray(CompiledExpression[]::new);
    derivedErrors = new long[this.derived.length];
    values = new RowValues(types.length);
  }

  /** Failures of a derived column so far. */
  long derivedErrors(int index) {
    return derivedErrors[index];
  }

  void read(KeyState state, FeatureRow into) {
    into.clear();
    into.asOf = state.asOf();
    state.read(values);
    into.tombstone = values.isEmpty();
    for (int i = 0; i < types.length; i++) {
      if (values.isEmptyWindow(i) && emptyAs[i] != null) {
        set(into, i, emptyAs[i].bits(), emptyAs[i].text());
      } else if (values.isPresent(i)) {
        set(into, i, values.bits(i), values.text(i));
      }
    }
    for (int i = 0; i < derived.length; i++) {
      derive(i, into);
    }
  }

  private void set(FeatureRow into, int column, long bits, byte[] text) {
    FieldType type = types[column].type();
    if (type == FieldType.STRING) {
      into.setText(column, text);
    } else if (type != FieldType.DECIMAL || Decimals.fits(bits)) {
      // A Decimal sum of more than 18 digits fits no Decimal column: null, like one beyond a long.
      into.setBits(column, bits);
    }
  }

  private void derive(int index, FeatureRow into) {
    CompiledExpression expression = derived[index];
    if (expression.evaluate(into) != Outcome.VALUE) {
      derivedErrors[index]++;
    } else if (expression.type.equals(ColumnType.STRING)) {
      int from = expression.textFrom;
      into.setText(
          types.length + index,
          Arrays.copyOfRange(expression.text, from, from + expression.textLength));
    } else {
      into.setBits(types.length + index, expression.bits);
    }
  }
}
