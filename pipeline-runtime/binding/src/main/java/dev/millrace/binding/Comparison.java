package dev.millrace.binding;

import dev.cel.common.Operator;

/** The six comparisons, by CEL's names of them. */
enum Comparison {
  EQUAL(Operator.EQUALS),
  NOT_EQUAL(Operator.NOT_EQUALS),
  LESS(Operator.LESS),
  LESS_OR_EQUAL(Operator.LESS_EQUALS),
  GREATER(Operator.GREATER),
  GREATER_OR_EQUAL(Operator.GREATER_EQUALS);

  private final String function;

  Comparison(Operator operator) {
    function = operator.getFunction();
  }

  /** The comparison of a CEL call, or null when it is another function. */
  static Comparison of(String function) {
    for (Comparison comparison : values()) {
      if (comparison.function.equals(function)) {
        return comparison;
      }
    }
    return null;
  }

  /** The comparison with its sides exchanged. */
  Comparison mirrored() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> this;
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
    };
  }

  /**
   * {@link Condition#TRUE} or {@link Condition#FALSE}.
   *
   * @param order sign of left minus right
   */
  int test(int order) {
    boolean holds =
        switch (this) {
          case EQUAL -> order == 0;
          case NOT_EQUAL -> order != 0;
          case LESS -> order < 0;
          case LESS_OR_EQUAL -> order <= 0;
          case GREATER -> order > 0;
          case GREATER_OR_EQUAL -> order >= 0;
        };
    return holds ? Condition.TRUE : Condition.FALSE;
  }
}
