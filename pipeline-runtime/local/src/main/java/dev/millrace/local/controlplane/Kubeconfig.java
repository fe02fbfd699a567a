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
 * @param namespace of requests that name none
 */
record Kubeconfig(String server, Path certificateAuthority, String token, String namespace) {
  /** For a client in this process; nothing of the machine's own configuration is read. */
  Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(server)
        .withCaCertFile(certificateAuthority.toString())
        .withOauthToken(token)
        .withNamespace(namespace)
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
            context: {cluster: millrace, user: millrace, namespace: %s}
          """
              .formatted(server, encoded(certificateAuthority), token, namespace));
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  private static String encoded(Path file) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
  }
}
