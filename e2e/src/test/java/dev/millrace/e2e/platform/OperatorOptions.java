package dev.millrace.e2e.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a replica of the operator is started.
 *
 * @param apiServer address of the API server instead of the real one, such as a proxy's; empty for
 *     the real one
 * @param leaderElection whether it takes part in an election
 * @param jobRest address of the jobs' REST instead of the actors'; empty for theirs
 */
public record OperatorOptions(String apiServer, boolean leaderElection, String jobRest) {
  /** Alone, at the real API server: a killed one can be started again at once. */
  public static final OperatorOptions ALONE = new OperatorOptions("", false, "");

  /** One of several replicas. */
  public static final OperatorOptions REPLICA = new OperatorOptions("", true, "");

  /** Alone, behind a proxy. */
  public static OperatorOptions behind(String apiServer) {
    return new OperatorOptions(apiServer, false, "");
  }

  /** Alone, with jobs that are not the actors'. */
  public static OperatorOptions beside(String jobRest) {
    return new OperatorOptions("", false, jobRest);
  }

  /** The chart's configuration with what differs per process. */
  String adapt(String file, int httpPort) {
    var adapted =
        file.replaceAll("(?m)^(\\s*)httpPort: .*$", "$1httpPort: " + httpPort)
            .replaceAll("(?m)^(\\s*)leaderElection: .*$", "$1leaderElection: " + leaderElection);
    return jobRest.isEmpty()
        ? adapted
        : adapted.replaceAll("(?m)^(\\s*)jobRest: .*$", "$1jobRest: \"" + jobRest + "\"");
  }

  void writeKubeconfig(Path file, String token) {
    String text =
        """
        apiVersion: v1
        kind: Config
        clusters:
        - {name: c, cluster: {server: "%s"}}
        users:
        - {name: u, user: {token: "%s"}}
        contexts:
        - {name: x, context: {cluster: c, user: u}}
        current-context: x
        """
            .formatted(apiServer, token);
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
