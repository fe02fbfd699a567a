package dev.millrace.spark.feature;

import dev.millrace.kernel.EntityLayout;
import dev.millrace.kernel.KeyState;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** The kernel's states of the keys that share a hash: one, but for accidents. */
final class KeyedStates {
  private final EntityLayout layout;
  private final StructType types;
  private final List<Keyed> states = new ArrayList<>();
  private long order;

  KeyedStates(EntityLayout layout, StructType types) {
    this.layout = layout;
    this.types = types;
  }

  /**
   * A key's state and the answer at its newest T.
   *
   * @param parts values of the key, null if it has a null part
   */
  static final class Keyed {
    private final Object[] parts;
    final KeyState state;
    InternalRow answer;

    private Keyed(Object[] parts, KeyState state) {
      this.parts = parts;
      this.state = state;
    }
  }

  /**
   * The state of a row's key, which is a new one when rows of another hash begin.
   *
   * @param order the row's {@link KeyTimeOrder}
   * @param first position of the key's first part
   */
  Keyed of(long order, InternalRow row, int first) {
    if (!KeyTimeOrder.sameHash(order, this.order)) {
      states.clear();
    }
    this.order = order;
    for (int i = 0; i < states.size(); i++) {
      if (isKey(states.get(i).parts, row, first)) {
        return states.get(i);
      }
    }
    var added = new Keyed(parts(row, first), new KeyState(layout));
    states.add(added);
    return added;
  }

  private boolean isKey(Object[] parts, InternalRow row, int first) {
    for (int i = 0; i < parts.length; i++) {
      if (!row.get(first + i, types.apply(i).dataType()).equals(parts[i])) {
        return false;
      }
    }
    return true;
  }

  private Object[] parts(InternalRow row, int first) {
    var parts = new Object[types.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = InternalRow.copyValue(row.get(first + i, types.apply(i).dataType()));
    }
    return parts;
  }
}
