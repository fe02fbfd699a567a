package dev.millrace.binding;

/**
 * The direct path of conditions: no CEL runtime, no allocation. Logic is Kleene's with three
 * values, because CEL's {@code &&} and {@code ||} absorb a failing operand when the other one
 * decides: {@code false && null} is false, {@code true && null} is unknown.
 */
sealed interface Condition
    permits Condition.And,
        Condition.Or,
        Condition.Not,
        Condition.Flag,
        Condition.LongComparison,
        Condition.DoubleComparison,
        Condition.TextComparison {
  int FALSE = 0;
  int TRUE = 1;

  /** A null operand decided. */
  int UNKNOWN = 2;

  int test(Values values);

  /** Both. */
  record And(Condition left, Condition right) implements Condition {
    @Override
    public int test(Values values) {
      int first = left.test(values);
      if (first == FALSE) {
        return FALSE;
      }
      int second = right.test(values);
      return second == FALSE ? FALSE : Math.max(first, second);
    }
  }

  /** Either. */
  record Or(Condition left, Condition right) implements Condition {
    @Override
    public int test(Values values) {
      int first = left.test(values);
      if (first == TRUE) {
        return TRUE;
      }
      int second = right.test(values);
      return second == TRUE ? TRUE : Math.max(first, second);
    }
  }

  /** The opposite. */
  record Not(Condition condition) implements Condition {
    @Override
    public int test(Values values) {
      int result = condition.test(values);
      return result == UNKNOWN ? UNKNOWN : 1 - result;
    }
  }

  /** A Boolean variable. */
  record Flag(int index) implements Condition {
    @Override
    public int test(Values values) {
      return values.isNull(index) ? UNKNOWN : (int) values.bits(index);
    }
  }

  /** Long or Boolean against a constant. */
  record LongComparison(int index, Comparison comparison, long constant) implements Condition {
    @Override
    public int test(Values values) {
      return values.isNull(index)
          ? UNKNOWN
          : comparison.test(Long.compare(values.bits(index), constant));
    }
  }

  /**
   * Double, or Decimal as the nearest double, against a constant.
   *
   * @param scale decimal places, −1 for Double
   */
  record DoubleComparison(int index, int scale, Comparison comparison, double constant)
      implements Condition {
    @Override
    public int test(Values values) {
      if (values.isNull(index)) {
        return UNKNOWN;
      }
      long bits = values.bits(index);
      double value = scale < 0 ? Double.longBitsToDouble(bits) : Decimals.toDouble(bits, scale);
      // Not Double.compare: −0.0 equals 0.0. Neither side is ever NaN.
      return comparison.test(value < constant ? -1 : value > constant ? 1 : 0);
    }
  }

  /** String against a constant. */
  record TextComparison(int index, Comparison comparison, byte[] constant) implements Condition {
    @Override
    public int test(Values values) {
      if (values.isNull(index)) {
        return UNKNOWN;
      }
      return comparison.test(
          Utf8.compare(
              values.text(index),
              values.textFrom(index),
              values.textLength(index),
              constant,
              0,
              constant.length));
    }
  }
}
