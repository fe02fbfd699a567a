package dev.millrace.local.cluster;

import dev.millrace.local.LocalFailure;
import dev.millrace.local.process.ChildProcess;
import dev.millrace.local.process.Installation;
import dev.millrace.local.process.JavaCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The operator's shipped main class in a JVM of its own, with a service account's token. */
final class OperatorChild implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ChildProcess process;
  private final URI readiness;

  private OperatorChild(ChildProcess process, URI readiness) {
    this.process = process;
    this.readiness = readiness;
  }

  /**
   * Starts it; it is not awaited.
   *
   * @param folder its configuration and working directory
   * @param kubeconfig how it reaches the API server
   * @param httpPort as its configuration says
   * @param log where its output goes
   */
  static OperatorChild start(Path folder, Path kubeconfig, int httpPort, Path log)
      throws IOException {
    List<String> command =
        JavaCommand.withClassPath(
                Installation.operatorClassPath(), folder.resolve("classpath.args"))
            .add("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
            .add("-Duser.timezone=UTC", "-Djava.net.preferIPv4Stack=true")
            .add("-Dlog4j2.configurationFile=log4j2-operator.xml")
            .add("-Dkubeconfig=" + kubeconfig, "-Dkubernetes.auth.tryServiceAccount=false")
            .add("dev.millrace.operator.controller.OperatorMain", folder.toString())
            .words();
    return new OperatorChild(
        ChildProcess.start(
            "operator", command, Map.of("KUBECONFIG", kubeconfig.toString()), folder, log),
        URI.create("http://127.0.0.1:" + httpPort + "/readyz"));
  }

  /** Waits until it looks after resources. */
  void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!isReady()) {
      check();
      if (System.nanoTime() > deadline) {
        throw new LocalFailure(
            "the operator is not ready after " + START.toSeconds() + " s; see " + process.log());
      }
      Thread.sleep(100);
    }
  }

  /** Fails when it has ended by itself. */
  void check() {
    if (!process.isAlive()) {
      throw new LocalFailure("the operator has ended; see " + process.log());
    }
  }

  private boolean isReady() throws InterruptedException {
    var request = HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(5)).build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not listening yet; the caller asks again until its deadline
    }
  }

  @Override
  public void close() {
    process.stop(GRACE);
  }
}
