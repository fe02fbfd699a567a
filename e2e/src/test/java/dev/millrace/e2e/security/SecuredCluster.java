package dev.millrace.e2e.security;

import com.marcnuri.helm.Helm;
import dev.millrace.e2e.fault.QuickNeighbours;
import dev.millrace.e2e.platform.OperatorProcess;
import dev.millrace.local.controlplane.ControlPlane;
import dev.millrace.local.controlplane.ControlPlaneBinaries;
import dev.millrace.local.controlplane.ControlPlaneOptions;
import dev.millrace.local.controlplane.CrdFiles;
import dev.millrace.local.controlplane.NeighbourCrds;
import dev.millrace.local.process.FreePort;
import dev.millrace.local.process.Installation;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
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
 * A control plane on which every connection has credentials, some of them for one tenant only, and
 * all namespaces enforce Pod Security <i>restricted</i>. Roles of the chart may be changed here
 * without harm to other tests. The neighbours are quick ones: no job runs, no pod is a process.
 */
final class SecuredCluster implements AutoCloseable {
  static final String SYSTEM = "millrace-system";
  static final String KAFKA = "kafka";

  /** Namespace of the Kafka that {@link #ALPHA} has for itself. */
  static final String KAFKA_ALPHA = "kafka-alpha";

  /** The tenant that may use connections which are called {@code alpha}. */
  static final String ALPHA = "alpha";

  /** A tenant that may use the default connections only. */
  static final String BETA = "beta";

  static final String OPERATOR = "system:serviceaccount:" + SYSTEM + ":millrace";

  private static final int TENANTS = 100;

  private final ControlPlane controlPlane;
  private final KubernetesClient client;
  private final Path folder;
  private final QuickNeighbours neighbours;
  private final Canaries canaries = new Canaries();
  private final AtomicInteger nextTenant = new AtomicInteger();
  private final AtomicInteger nextOperator = new AtomicInteger();

  private SecuredCluster(Path folder, ControlPlane controlPlane) throws IOException {
    this.folder = folder.toAbsolutePath();
    this.controlPlane = controlPlane;
    client = new KubernetesClientBuilder().withConfig(controlPlane.adminConfig()).build();
    CrdFiles.install(client, CrdFiles.ours());
    CrdFiles.install(client, NeighbourCrds.all());
    namespaces().forEach(this::createNamespace);
    canaries.secrets().forEach(this::createSecret);
    neighbours = new QuickNeighbours(client);
    installChart();
  }

  static SecuredCluster start(Path folder, ControlPlaneBinaries binaries) throws IOException {
    ControlPlane controlPlane = ControlPlane.start(folder, ControlPlaneOptions.of(binaries));
    try {
      return new SecuredCluster(folder, controlPlane);
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

  /** Names of the KafkaTopics of a tenant. */
  List<String> topicsOf(String tenant) {
    return client
        .genericKubernetesResources("kafka.strimzi.io/v1", "KafkaTopic")
        .inNamespace(KAFKA)
        .withLabel("millrace.dev/namespace", tenant)
        .list()
        .getItems()
        .stream()
        .map(topic -> topic.getMetadata().getName())
        .toList();
  }

  Canaries canaries() {
    return canaries;
  }

  Path folder() {
    return folder;
  }

  /** A tenant namespace that no other test has. */
  String tenant() {
    int number = nextTenant.incrementAndGet();
    if (number > TENANTS) {
      throw new IllegalStateException("only " + TENANTS + " tenant namespaces are prepared");
    }
    return "tenant-" + number;
  }

  /** Starts an operator with the chart's configuration and rights; it is not awaited. */
  OperatorProcess startOperator(OperatorSettings settings) {
    String name = "operator-" + nextOperator.incrementAndGet();
    int port = FreePort.of(0, "");
    Path own = folder.resolve(name);
    try {
      Files.createDirectories(own);
      for (var file : chartConfiguration().entrySet()) {
        Files.writeString(own.resolve(file.getKey()), settings.adapt(file.getValue(), port));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path kubeconfig = own.resolve("kubeconfig");
    controlPlane.writeKubeconfig(kubeconfig, controlPlane.tokenFor(SYSTEM, "millrace"));
    return OperatorProcess.start(
        name, folder.resolve("operators"), own, kubeconfig, port, settings.environment());
  }

  private Map<String, String> chartConfiguration() {
    return client.configMaps().inNamespace(SYSTEM).withName("millrace").get().getData();
  }

  private static List<String> tenants() {
    var names = new ArrayList<>(List.of(ALPHA, BETA));
    for (int i = 1; i <= TENANTS; i++) {
      names.add("tenant-" + i);
    }
    return names;
  }

  private static List<String> namespaces() {
    var names = new ArrayList<>(List.of(SYSTEM, KAFKA, KAFKA_ALPHA));
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
    Files.writeString(values, ChartValues.yaml(tenants(), neighbours.jobRest()));
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
    neighbours.close();
    client.close();
    controlPlane.stop();
  }
}
