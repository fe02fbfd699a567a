package dev.millrace.local.cluster;

import dev.millrace.local.actor.cluster.ActorSettings;
import dev.millrace.local.actor.cluster.ClusterActors;
import dev.millrace.local.controlplane.ControlPlane;
import dev.millrace.local.controlplane.ControlPlaneBinaries;
import dev.millrace.local.controlplane.ControlPlaneOptions;
import dev.millrace.local.controlplane.CrdFiles;
import dev.millrace.local.controlplane.NeighbourCrds;
import dev.millrace.local.process.FreePort;
import dev.millrace.local.stack.Addresses;
import dev.millrace.operator.config.OperatorConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** A cluster with the operator installed: API server, actors in the neighbours' place, operator. */
final class ClusterServices implements AutoCloseable {
  private static final Duration TOKEN = Duration.ofDays(365);

  private final Path data;
  private ControlPlane controlPlane;
  private KubernetesClient client;
  private ClusterActors actors;
  private OperatorChild operator;

  /**
   * @param data data folder of the stack
   */
  ClusterServices(Path data) {
    this.data = data;
  }

  /** Starts the API server and installs our resource types and those next door. */
  void startControlPlane(ControlPlaneBinaries binaries) throws IOException {
    // Requests are not audited: the log would grow for as long as this runs.
    controlPlane =
        ControlPlane.start(
            data.resolve("controlplane"), ControlPlaneOptions.of(binaries).withoutAudit());
    client = new KubernetesClientBuilder().withConfig(controlPlane.adminConfig()).build();
    CrdFiles.install(client, CrdFiles.ours());
    CrdFiles.install(client, NeighbourCrds.all());
  }

  /** Starts actors and operator; returns when the operator looks after resources. */
  void startOperator(Addresses addresses, Collection<String> tenants)
      throws IOException, InterruptedException {
    new PreparedNamespaces(client).prepare(tenants);
    actors =
        ClusterActors.start(
            client,
            data.resolve("cluster"),
            addresses.bootstrapServers(),
            ActorSettings.small(
                Addresses.KAFKA_CLUSTER,
                Map.of(
                    OperatorConfig.DEFAULT.images().redis(), ActorSettings.Program.REDIS,
                    OperatorConfig.DEFAULT.images().spark(), ActorSettings.Program.SPARK)));
    Path folder = data.resolve("operator");
    int port = FreePort.of(0, "");
    OperatorFiles.write(folder, port, actors.flinkRestAddress(), addresses);
    Path kubeconfig = folder.resolve("kubeconfig");
    controlPlane.writeKubeconfig(
        kubeconfig,
        controlPlane.tokenFor(PreparedNamespaces.SYSTEM, PreparedNamespaces.OPERATOR, TOKEN));
    operator = OperatorChild.start(folder, kubeconfig, port, data.resolve("logs/operator.log"));
    operator.awaitReady();
  }

  KubernetesClient client() {
    return client;
  }

  /** Writes the administrator's kubeconfig. */
  Path kubeconfig(String namespace) {
    Path file = data.resolve("kubeconfig");
    controlPlane.writeAdminKubeconfig(file, namespace);
    return file;
  }

  /** Base address of all jobs' REST. */
  URI flinkRest() {
    return actors.flinkRestAddress();
  }

  /** Fails when a part has ended by itself. */
  void check() {
    controlPlane.check();
    operator.check();
  }

  @Override
  public void close() {
    if (operator != null) {
      operator.close();
    }
    if (actors != null) {
      actors.close();
    }
    if (client != null) {
      client.close();
    }
    if (controlPlane != null) {
      controlPlane.close();
    }
  }
}
