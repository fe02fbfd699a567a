package dev.millrace.operator.plan;

import static dev.millrace.contract.Violation.quote;

import dev.millrace.operator.config.Connection;
import dev.millrace.operator.config.ConnectionCatalogue;
import java.util.List;

/**
 * Looks up connections: reliability.md §6, row 35. One text for a name that is unknown and one that
 * belongs to others, and only names that the namespace may use.
 */
final class ConnectionRules {
  private final String namespace;
  private final Violations violations;

  ConnectionRules(String namespace, Violations violations) {
    this.namespace = namespace;
    this.violations = violations;
  }

  /** The connection, or null after a violation. */
  <C extends Connection> C find(String path, String kind, List<C> all, String name) {
    return ConnectionCatalogue.find(all, name, namespace)
        .orElseGet(
            () -> {
              List<String> names = ConnectionCatalogue.names(all, namespace);
              violations.notFound(
                  path,
                  quote(name)
                      + " is not a "
                      + kind
                      + " connection of namespace "
                      + quote(namespace)
                      + "; "
                      + (names.isEmpty()
                          ? "ask the administrator to register one"
                          : "use one of: " + String.join(", ", names)));
              return null;
            });
  }
}
