package dev.millrace.local.cluster;

import dev.millrace.local.stack.Addresses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The operator's configuration, as the chart would mount it. */
final class OperatorFiles {
  private OperatorFiles() {}

  /**
   * Writes operator.yaml and connections.yaml.
   *
   * @param folder where they go
   * @param httpPort of probes and metrics
   * @param flinkRest base address of all jobs' REST
   */
  static void write(Path folder, int httpPort, URI flinkRest, Addresses addresses)
      throws IOException {
    Files.createDirectories(folder);
    // One process and nobody to wait for: no election, and failures are tried again soon.
    Files.writeString(
        folder.resolve("operator.yaml"),
        """
        process:
          leaderElection: false
          resyncSeconds: 30
          retryCapSeconds: 10
          httpPort: %d
          jobRest: "%s/<namespace>/<deployment>"
        """
            .formatted(httpPort, flinkRest));
    Files.writeString(folder.resolve("connections.yaml"), addresses.connections());
  }
}
