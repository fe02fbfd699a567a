package dev.millrace.e2e.security;

import java.util.Map;

/**
 * What differs between the operators of these tests.
 *
 * @param leaderElection whether it takes part in an election
 * @param jobRest address of the jobs' REST instead of the chart's; empty for that
 * @param environment variables beside the usual ones
 */
record OperatorSettings(boolean leaderElection, String jobRest, Map<String, String> environment) {
  /** Alone: one that has ended can be started again at once. */
  static final OperatorSettings ALONE = new OperatorSettings(false, "", Map.of());

  /** As the chart starts it. */
  static final OperatorSettings AS_SHIPPED = new OperatorSettings(true, "", Map.of());

  /** Alone, with jobs that answer elsewhere. */
  static OperatorSettings withJobRest(String jobRest) {
    return new OperatorSettings(false, jobRest, Map.of());
  }

  /** Alone, with variables in its environment. */
  static OperatorSettings withEnvironment(Map<String, String> environment) {
    return new OperatorSettings(false, "", environment);
  }

  String adapt(String file, int httpPort) {
    String own = jobRest.isEmpty() ? "$0" : "$1jobRest: \"" + jobRest + "\"";
    return file.replaceAll("(?m)^(\\s*)jobRest: .*$", own)
        .replaceAll("(?m)^(\\s*)httpPort: .*$", "$1httpPort: " + httpPort)
        .replaceAll("(?m)^(\\s*)leaderElection: .*$", "$1leaderElection: " + leaderElection);
  }
}
