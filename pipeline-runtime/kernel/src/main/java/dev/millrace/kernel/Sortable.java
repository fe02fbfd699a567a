package dev.millrace.kernel;

/** Doubles as longs whose signed order is the doubles' order; its own inverse. */
final class Sortable {
  private Sortable() {}

  static long of(InputType type, long bits) {
    return type == InputType.DOUBLE ? bits ^ ((bits >> 63) & Long.MAX_VALUE) : bits;
  }
}
