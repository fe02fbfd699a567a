package dev.millrace.local.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * How one user reaches the API server.
 *
 * @param server its address
 * @param certificateAuthority file that its certificate is checked with
 * @param token of the user
 */
record Kubeconfig(String server, Path certificateAuthority, String token) {
  /** For a client in this process; nothing of the machine's own configuration is read. */
  Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(server)
        .withCaCertFile(certificateAuthority.toString())
        .withOauthToken(token)
        .withNamespace("default")
        .build();
  }

  /** For other programs; complete in itself and readable by its owner only. */
  void write(Path file) {
    try {
      ControlPlaneFiles.writePrivate(
          file,
          """
          apiVersion: v1
          kind: Config
          current-context: millrace
          clusters:
          - name: millrace
            cluster:
              server: %s
              certificate-authority-data: %s
          users:
          - name: millrace
            user: {token: "%s"}
          contexts:
          - name: millrace
            context: {cluster: millrace, user: millrace, namespace: default}
          """
              .formatted(server, encoded(certificateAuthority), token));
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  private static String encoded(Path file) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
  }
}
