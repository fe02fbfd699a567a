package dev.millrace.operator.config;

import dev.millrace.contract.Violation;
import java.util.List;

/**
 * Outcome of reading administrator configuration: the value, or everything that is wrong with it.
 */
public sealed interface ConfigResult<T> {
  /** The configuration is fine. */
  record Accepted<T>(T value) implements ConfigResult<T> {}

  /** It is not; violations are sorted by path. */
  record Refused<T>(List<Violation> violations) implements ConfigResult<T> {
    public Refused {
      violations = violations.stream().sorted().toList();
    }
  }

  /** The value if there is no violation, all violations otherwise. */
  static <T> ConfigResult<T> of(T value, List<Violation> violations) {
    return violations.isEmpty() ? new Accepted<>(value) : new Refused<>(violations);
  }
}
