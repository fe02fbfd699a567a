package dev.millrace.e2e.steady;

import com.marcnuri.helm.Helm;
import dev.millrace.e2e.fault.QuickNeighbours;
import dev.millrace.e2e.platform.OperatorProcess;
import dev.millrace.local.controlplane.ControlPlane;
import dev.millrace.local.controlplane.ControlPlaneBinaries;
import dev.millrace.local.controlplane.ControlPlaneOptions;
import dev.millrace.local.controlplane.CrdFiles;
import dev.millrace.local.process.FreePort;
import dev.millrace.local.process.Installation;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A control plane of one test class alone, so that every request in its audit log is accounted for:
 * the chart installed, quick neighbours, prepared tenants, connections with credentials of every
 * kind. The operator is started by the tests.
 */
final class SteadyCluster implements AutoCloseable {
  static final String SYSTEM = "millrace-system";
  static final String KAFKA = "kafka";

  /** The operator, as the audit log names it. */
  static final String OPERATOR = "system:serviceaccount:" + SYSTEM + ":millrace";

  private static final int TENANTS = 12;

  private final ControlPlane controlPlane;
  private final KubernetesClient client;
  private final Path folder;
  private final QuickNeighbours neighbours;
  private final AtomicInteger nextTenant = new AtomicInteger();
  private final AtomicInteger nextOperator = new AtomicInteger();

  private SteadyCluster(
      Path folder, ControlPlane controlPlane, List<CustomResourceDefinition> neighbourTypes)
      throws IOException {
    this.folder = folder.toAbsolutePath();
    this.controlPlane = controlPlane;
    client = new KubernetesClientBuilder().withConfig(controlPlane.adminConfig()).build();
    CrdFiles.install(client, CrdFiles.ours());
    CrdFiles.install(client, neighbourTypes);
    namespaces().forEach(this::createNamespace);
    createSecret("redis-default", Map.of("password", "redis"));
    createSecret("storage-default", Map.of("credentials", "[default]"));
    createSecret("kafka-client", Map.of("ca.crt", "a", "user.crt", "b", "user.key", "c"));
    neighbours = new QuickNeighbours(client);
    installChart();
  }

  /**
   * Starts everything but the operator.
   *
   * @param neighbourTypes resource types of Strimzi and Flink that are there from the beginning
   */
  static SteadyCluster start(
      Path folder, ControlPlaneBinaries binaries, List<CustomResourceDefinition> neighbourTypes)
      throws IOException {
    ControlPlane controlPlane = ControlPlane.start(folder, ControlPlaneOptions.of(binaries));
    try {
      return new SteadyCluster(folder, controlPlane, neighbourTypes);
    } catch (IOException | RuntimeException failed) {
      controlPlane.stop();
      throw failed;
    }
  }

  KubernetesClient client() {
    return client;
  }

  ControlPlane controlPlane() {
    return controlPlane;
  }

  QuickNeighbours neighbours() {
    return neighbours;
  }

  /** A tenant namespace that nobody else has. */
  String tenant() {
    int number = nextTenant.incrementAndGet();
    if (number > TENANTS) {
      throw new IllegalStateException("only " + TENANTS + " tenant namespaces are prepared");
    }
    return "tenant-" + number;
  }

  /** What the operator writes from now on. */
  OperatorWrites writes() {
    return new OperatorWrites(controlPlane.audit(), controlPlane.audit().mark());
  }

  /**
   * Starts an operator with the chart's configuration and rights, alone, so that one that has ended
   * can be started again at once; it is not awaited.
   */
  OperatorProcess startOperator(int resyncSeconds) {
    String name = "operator-" + nextOperator.incrementAndGet();
    int port = FreePort.of(0, "");
    Path own = folder.resolve(name);
    try {
      Files.createDirectories(own);
      for (var file : chartConfiguration().entrySet()) {
        String text =
            file.getValue()
                .replaceAll("(?m)^(\\s*)resyncSeconds: .*$", "$1resyncSeconds: " + resyncSeconds)
                .replaceAll("(?m)^(\\s*)httpPort: .*$", "$1httpPort: " + port)
                .replaceAll("(?m)^(\\s*)leaderElection: .*$", "$1leaderElection: false");
        Files.writeString(own.resolve(file.getKey()), text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("configuration of " + name, e);
    }
    Path kubeconfig = own.resolve("kubeconfig");
    controlPlane.writeKubeconfig(kubeconfig, controlPlane.tokenFor(SYSTEM, "millrace"));
    return OperatorProcess.start(name, folder.resolve("operators"), own, kubeconfig, port);
  }

  private Map<String, String> chartConfiguration() {
    return client.configMaps().inNamespace(SYSTEM).withName("millrace").get().getData();
  }

  private static List<String> tenants() {
    var names = new ArrayList<String>();
    for (int i = 1; i <= TENANTS; i++) {
      names.add("tenant-" + i);
    }
    return names;
  }

  private static List<String> namespaces() {
    var names = new ArrayList<>(List.of(SYSTEM, KAFKA));
    names.addAll(tenants());
    return names;
  }

  private void createNamespace(String name) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
  }

  /** In the release's namespace; the chart copies it to the tenants. */
  private void createSecret(String name, Map<String, String> values) {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(SYSTEM)
                .endMetadata()
                .withStringData(values)
                .build())
        .create();
  }

  private void installChart() throws IOException {
    Path values = folder.resolve("values.yaml");
    Files.writeString(values, values());
    new Helm(Installation.root().resolve("helm-chart"))
        .install()
        .withKubeConfig(controlPlane.kubeconfig())
        .withNamespace(SYSTEM)
        .withName("millrace")
        .withValuesFile(values)
        .call();
  }

  private String values() {
    return """
        replicas: 1
        crds: {enabled: false}
        uninstall: {releaseFinalizers: false}
        replicateSecrets: true
        tenants: [%s]
        connections:
          kafka:
          - name: default
            cluster: main
            namespace: kafka
            bootstrapServers: main.kafka:9093
            tls: {secretName: kafka-client}
          redis:
          - {name: default, host: redis.data, credentialsSecret: redis-default}
          storage:
          - {name: default, location: "s3a://features", endpoint: "https://s3.data:9000", credentialsSecret: storage-default}
        process:
          resyncSeconds: 2
          retryCapSeconds: 2
          jobRest: "%s"
          savepointWaitSeconds: 10
          topicReleaseWaitSeconds: 5
          cleanUpWaitSeconds: 60
        """
        .formatted(String.join(", ", tenants()), neighbours.jobRest());
  }

  @Override
  public void close() {
    neighbours.close();
    client.close();
    controlPlane.stop();
  }
}
