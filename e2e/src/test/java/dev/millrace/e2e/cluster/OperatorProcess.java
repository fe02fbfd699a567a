package dev.millrace.e2e.cluster;

import dev.millrace.local.process.ChildProcess;
import dev.millrace.local.process.Installation;
import dev.millrace.local.process.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * The operator under test: its shipped main class in a JVM of its own, with the configuration of
 * the chart and the token of the chart's service account, never an administrator's.
 */
public final class OperatorProcess implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ChildProcess process;
  private final int httpPort;

  private OperatorProcess(ChildProcess process, int httpPort) {
    this.process = process;
    this.httpPort = httpPort;
  }

  /**
   * Starts one; it is not awaited.
   *
   * @param folder with operator.yaml, connections.yaml and kubeconfig; its log goes there too
   * @param httpPort its probes and metrics, as the configuration says
   * @param variables of its environment, such as the level of its log
   */
  static OperatorProcess start(
      String name, Path folder, int httpPort, Map<String, String> variables) {
    Path kubeconfig = folder.resolve("kubeconfig");
    try {
      List<String> command =
          JavaCommand.withClassPath(classPath(), folder.resolve("classpath.args"))
              .add("-Xmx256m", "-XX:+UseSerialGC", "-Duser.timezone=UTC")
              .add("-XX:TieredStopAtLevel=1", "-Djava.net.preferIPv4Stack=true")
              .add("-Dlog4j2.configurationFile=log4j2-operator.xml")
              .add("-Dkubeconfig=" + kubeconfig, "-Dkubernetes.auth.tryServiceAccount=false")
              .add("dev.millrace.operator.controller.OperatorMain", folder.toString())
              .words();
      var environment = new HashMap<>(variables);
      environment.put("KUBECONFIG", kubeconfig.toString());
      return new OperatorProcess(
          ChildProcess.start(name, command, environment, folder, folder.resolve("operator.log")),
          httpPort);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be started", e);
    }
  }

  private static String classPath() throws IOException {
    Path target = Installation.root().resolve("operator/target");
    Path file = target.resolve("classpath.txt");
    if (!Files.exists(file)) {
      throw new IOException(file + " is missing; build the operator first: mvn package");
    }
    return target.resolve("classes") + ":" + Files.readString(file).strip();
  }

  /** Waits until it is ready. */
  public OperatorProcess awaitReady() {
    Awaitility.await("operator ready, see " + process.log())
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> get("/readyz") == 200);
    return this;
  }

  /** Text of its metrics. */
  public String metrics() {
    try {
      return HTTP.send(request("/metrics"), HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private int get(String path) throws InterruptedException {
    try {
      return HTTP.send(request(path), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0; // not there yet, which is the answer
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
        .timeout(Duration.ofSeconds(5))
        .build();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  public Path log() {
    return process.log();
  }

  /** What it has logged so far. */
  public String logged() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException("the operator's log", e);
    }
  }

  /** Ends it as kill -9 does. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.stop(Duration.ofSeconds(10));
  }
}
