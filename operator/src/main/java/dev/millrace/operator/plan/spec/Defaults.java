package dev.millrace.operator.plan.spec;

import java.util.List;

/** Fills in what a spec may leave out; members with a schema default are never null. */
final class Defaults {
  private Defaults() {}

  static <T> T or(T value, T absent) {
    return value == null ? absent : value;
  }

  static <T> List<T> list(List<T> values) {
    return values == null ? List.of() : List.copyOf(values);
  }
}
