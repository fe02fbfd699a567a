package dev.millrace.kernel;

import java.util.List;

/** Arguments of an {@link EntityLayout}, checked with the offending numbers in the message. */
final class LayoutChecks {
  private LayoutChecks() {}

  static void check(long slideMillis, List<InputType> inputs, WindowColumn column) {
    if (slideMillis <= 0) {
      throw new IllegalArgumentException("slide " + slideMillis + " ms is not positive");
    }
    long tail = column.tailMillis();
    require(column.windowMillis() > 0 && column.windowMillis() % slideMillis == 0, column);
    require(column.offsetMillis() >= 0 && column.offsetMillis() % slideMillis == 0, column);
    require(tail > 0 && tail % slideMillis == 0 && Long.bitCount(tail / slideMillis) == 1, column);
    require(column.input() >= 0 && column.input() < inputs.size(), column);
    require(column.scale() >= 0 && column.scale() <= 18, column);
    require(column.quantile() >= 0 && column.quantile() <= 1, column);
    require(fits(column.aggregate(), inputs.get(column.input())), column);
  }

  private static boolean fits(Aggregate aggregate, InputType type) {
    return switch (aggregate) {
      case COUNT -> true;
      case FIRST, LAST, COUNT_DISTINCT -> type != InputType.PRESENCE;
      case SUM, MEAN, MIN, MAX, VARIANCE, STD_DEV, QUANTILE ->
          type == InputType.INTEGER || type == InputType.DOUBLE;
    };
  }

  private static void require(boolean holds, WindowColumn column) {
    if (!holds) {
      throw new IllegalArgumentException("column does not fit its slide or input: " + column);
    }
  }
}
