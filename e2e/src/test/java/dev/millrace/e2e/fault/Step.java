package dev.millrace.e2e.fault;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One thing a user does, and when it is done.
 *
 * @param action like one kubectl command
 * @param done what {@code kubectl wait} would wait for
 */
record Step(String name, Consumer<Lane> action, Predicate<Lane> done) {
  @Override
  public String toString() {
    return name;
  }
}
