package dev.millrace.e2e.loss;

import com.marcnuri.helm.Helm;
import dev.millrace.e2e.Runs;
import dev.millrace.e2e.fault.QuickNeighbours;
import dev.millrace.e2e.platform.OperatorProcess;
import dev.millrace.e2e.proxy.FaultPlan;
import dev.millrace.e2e.proxy.ProxyServer;
import dev.millrace.e2e.proxy.Upstream;
import dev.millrace.local.controlplane.BinariesResult;
import dev.millrace.local.controlplane.ControlPlane;
import dev.millrace.local.controlplane.ControlPlaneBinaries;
import dev.millrace.local.controlplane.ControlPlaneOptions;
import dev.millrace.local.controlplane.CrdFiles;
import dev.millrace.local.controlplane.NeighbourCrds;
import dev.millrace.local.process.FreePort;
import dev.millrace.local.process.Installation;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * A control plane of its own, since its definitions are uninstalled in the end: the chart with its
 * service account, the operator behind a proxy, and quick neighbours that remember what Kafka
 * holds.
 */
final class LossCluster implements AutoCloseable {
  static final String SYSTEM = "millrace-system";
  private static final int TENANTS = 40;

  private final Path folder;
  private final ControlPlane controlPlane;
  private final KubernetesClient client;
  private final QuickNeighbours neighbours;
  private final FaultPlan plan = new FaultPlan();
  private final ProxyServer proxy;
  private final AtomicInteger nextTenant = new AtomicInteger();
  private OperatorProcess operator;

  private LossCluster(Path folder, ControlPlane controlPlane) throws IOException {
    this.folder = folder.toAbsolutePath();
    this.controlPlane = controlPlane;
    client = new KubernetesClientBuilder().withConfig(controlPlane.adminConfig()).build();
    installDefinitions();
    CrdFiles.install(client, NeighbourCrds.all());
    var names = new ArrayList<>(List.of(SYSTEM, "kafka"));
    names.addAll(tenants());
    names.forEach(this::createNamespace);
    neighbours = new QuickNeighbours(client);
    proxy = ProxyServer.start(Upstream.of(controlPlane.adminConfig()), plan);
    installChart();
    startOperator();
  }

  /** Starts it, or skips the tests, or fails where tests must not be skipped. */
  static LossCluster start() throws IOException {
    BinariesResult result = ControlPlaneBinaries.find();
    if (result instanceof BinariesResult.Missing missing) {
      String line = "NO CONTROL PLANE: " + missing.reason();
      if (Boolean.getBoolean("controlplane.required") || "true".equals(System.getenv("CI"))) {
        throw new AssertionError(line);
      }
      return Assumptions.abort(line);
    }
    Path folder = Path.of("target", "controlplane", "loss-" + Runs.name());
    var binaries = ((BinariesResult.Found) result).binaries();
    return new LossCluster(folder, ControlPlane.start(folder, ControlPlaneOptions.of(binaries)));
  }

  KubernetesClient client() {
    return client;
  }

  QuickNeighbours neighbours() {
    return neighbours;
  }

  /** What goes wrong between the operator and the API server. */
  FaultPlan plan() {
    return plan;
  }

  /** Somebody with kubectl in a namespace that no other case has. */
  Tenant tenant() {
    return new Tenant(this, "tenant-" + nextTenant.incrementAndGet());
  }

  void installDefinitions() {
    CrdFiles.install(client, CrdFiles.ours());
  }

  void startOperator() throws IOException {
    int port = FreePort.of(0, "");
    Path own = folder.resolve("operator-" + port);
    Files.createDirectories(own);
    var configuration =
        client.configMaps().inNamespace(SYSTEM).withName("millrace").get().getData();
    for (var file : configuration.entrySet()) {
      Files.writeString(
          own.resolve(file.getKey()),
          file.getValue()
              .replaceAll("(?m)^(\\s*)httpPort: .*$", "$1httpPort: " + port)
              .replaceAll("(?m)^(\\s*)leaderElection: .*$", "$1leaderElection: false"));
    }
    Path kubeconfig = own.resolve("kubeconfig");
    Files.writeString(
        kubeconfig,
        """
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
            .formatted(proxy.address(), controlPlane.tokenFor(SYSTEM, "millrace")));
    operator =
        OperatorProcess.start("loss-" + port, folder.resolve("operators"), own, kubeconfig, port)
            .awaitReady();
  }

  void killOperator() {
    operator.kill();
  }

  private static List<String> tenants() {
    var names = new ArrayList<String>();
    for (int i = 1; i <= TENANTS; i++) {
      names.add("tenant-" + i);
    }
    return names;
  }

  private void createNamespace(String name) {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  private void installChart() throws IOException {
    Path values = folder.resolve("values.yaml");
    Files.writeString(
        values,
        """
        replicas: 1
        crds: {enabled: false}
        uninstall: {releaseFinalizers: false}
        tenants: [%s]
        connections:
          kafka:
          - {name: default, cluster: main, namespace: kafka, bootstrapServers: "main.kafka:9092"}
          redis:
          - {name: default, host: redis.data, port: 6390}
          storage:
          - {name: default, location: "s3a://features", endpoint: "https://s3.data:9000"}
        process:
          resyncSeconds: 2
          retryCapSeconds: 2
          jobRest: "%s"
          savepointWaitSeconds: 20
          topicReleaseWaitSeconds: 20
          cleanUpWaitSeconds: 60
        """
            .formatted(String.join(", ", tenants()), neighbours.jobRest()));
    new Helm(Installation.root().resolve("helm-chart"))
        .install()
        .withKubeConfig(controlPlane.kubeconfig())
        .withNamespace(SYSTEM)
        .withName("millrace")
        .withValuesFile(values)
        .call();
  }

  @Override
  public void close() {
    operator.close();
    proxy.close();
    neighbours.close();
    client.close();
    controlPlane.stop();
  }
}
