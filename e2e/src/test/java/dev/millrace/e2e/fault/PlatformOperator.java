package dev.millrace.e2e.fault;

import dev.millrace.e2e.platform.OperatorProcess;
import dev.millrace.e2e.platform.Platform;
import dev.millrace.local.process.FreePort;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Starts the operator with the chart's configuration and the rights of its service account, behind
 * a proxy and beside quick neighbours. It is the only one of its namespace, so one that was killed
 * needs no lease back.
 */
final class PlatformOperator implements Operator.Launcher {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Platform platform;
  private final URI apiServer;
  private final Settings settings;
  private final String token;

  /**
   * What differs from the chart's configuration.
   *
   * @param namespace the only one it looks after
   * @param jobRest address of the jobs' REST
   * @param flinkImage asked for at each start
   */
  record Settings(String namespace, String jobRest, Supplier<String> flinkImage) {}

  PlatformOperator(Platform platform, URI apiServer, Settings settings) {
    this.platform = platform;
    this.apiServer = apiServer;
    this.settings = settings;
    token = platform.controlPlane().tokenFor(Platform.SYSTEM, "millrace");
  }

  @Override
  public Operator start() {
    var name = "fault-" + NUMBERS.incrementAndGet();
    int port = FreePort.of(0, "");
    var folder = platform.folder().resolve(name);
    try {
      Files.createDirectories(folder);
      for (var file : chartConfiguration().getData().entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), adapt(file.getValue(), port));
      }
      Files.writeString(folder.resolve("kubeconfig"), kubeconfig());
    } catch (IOException e) {
      throw new UncheckedIOException("configuration of " + name, e);
    }
    return new Running(
        OperatorProcess.start(
            name,
            platform.folder().resolve("operators"),
            folder,
            Path.of(folder.toString(), "kubeconfig"),
            port));
  }

  private String adapt(String file, int port) {
    return file.replaceAll("(?m)^(\\s*)httpPort: .*$", "$1httpPort: " + port)
        .replaceAll("(?m)^(\\s*)leaderElection: .*$", "$1leaderElection: false")
        .replaceAll(
            "(?m)^(\\s*)watchNamespaces: .*$", "$1watchNamespaces: [" + settings.namespace() + "]")
        .replaceAll("(?m)^(\\s*)flink: test/.*$", "$1flink: " + settings.flinkImage().get())
        .replaceAll("(?m)^(\\s*)jobRest: .*$", "$1jobRest: \"" + settings.jobRest() + "\"");
  }

  private ConfigMap chartConfiguration() {
    return platform.client().configMaps().inNamespace(Platform.SYSTEM).list().getItems().stream()
        .filter(map -> map.getData() != null && map.getData().containsKey("operator.yaml"))
        .findFirst()
        .orElseThrow();
  }

  private String kubeconfig() {
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - {name: proxy, cluster: {server: "%s"}}
        users:
        - {name: operator, user: {token: "%s"}}
        contexts:
        - {name: proxy, context: {cluster: proxy, user: operator}}
        current-context: proxy
        """
        .formatted(apiServer, token);
  }

  private record Running(OperatorProcess process) implements Operator {
    @Override
    public void kill() {
      process.kill();
    }

    @Override
    public boolean isAlive() {
      return process.isAlive();
    }

    @Override
    public void awaitReady() {
      process.awaitReady();
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
