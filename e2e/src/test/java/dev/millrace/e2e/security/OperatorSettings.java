package dev.millrace.e2e.security;

import java.util.Map;

/**
 * What differs between the operators of these tests.
 *
 * @param leaderElection whether it takes part in an election
 * @param environment variables beside the usual ones
 */
record OperatorSettings(boolean leaderElection, Map<String, String> environment) {
  /** Alone: one that has ended can be started again at once. */
  static final OperatorSettings ALONE = new OperatorSettings(false, Map.of());

  /** As the chart starts it. */
  static final OperatorSettings AS_SHIPPED = new OperatorSettings(true, Map.of());

  String adapt(String file, int httpPort) {
    return file.replaceAll("(?m)^(\\s*)httpPort: .*$", "$1httpPort: " + httpPort)
        .replaceAll("(?m)^(\\s*)leaderElection: .*$", "$1leaderElection: " + leaderElection);
  }
}
