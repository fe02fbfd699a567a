package dev.millrace.e2e.chart;

import dev.millrace.local.controlplane.BinariesResult;
import dev.millrace.local.controlplane.ControlPlane;
import dev.millrace.local.controlplane.ControlPlaneBinaries;
import dev.millrace.local.controlplane.ControlPlaneOptions;
import dev.millrace.local.controlplane.CrdFiles;
import dev.millrace.local.controlplane.NeighbourCrds;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A control plane without our CRDs, for one class: what the chart installs is cluster-wide and
 * would meet that of other tests. Every namespace enforces Pod Security restricted.
 */
final class OwnControlPlane implements BeforeAllCallback, AfterAllCallback {
  private static final List<String> NAMESPACES =
      List.of(Chart.NAMESPACE, "fraud", "ads", "kafka", "kafka-ads");
  private static final Path FOLDER = Path.of("target", "controlplane");

  private ControlPlane controlPlane;
  private KubernetesClient client;
  private Path folder;

  KubernetesClient client() {
    return client;
  }

  ControlPlane controlPlane() {
    return controlPlane;
  }

  /** Where files of the tests can lie. */
  Path folder() {
    return folder;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    BinariesResult result = ControlPlaneBinaries.find();
    if (result instanceof BinariesResult.Missing missing) {
      refuseOrSkip("NO CONTROL PLANE: " + missing.reason());
    }
    ControlPlaneBinaries binaries = ((BinariesResult.Found) result).binaries();
    folder =
        FOLDER.resolve(
            "chart-"
                + context.getRequiredTestClass().getSimpleName()
                + ProcessHandle.current().pid());
    controlPlane = ControlPlane.start(folder, ControlPlaneOptions.of(binaries));
    client = new KubernetesClientBuilder().withConfig(controlPlane.adminConfig()).build();
    CrdFiles.install(client, NeighbourCrds.all());
    CrdFiles.install(
        client,
        List.of(
            monitoring("ServiceMonitor", "servicemonitors"),
            monitoring("PrometheusRule", "prometheusrules")));
    NAMESPACES.forEach(this::restrictedNamespace);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (client != null) {
      client.close();
    }
    if (controlPlane != null) {
      controlPlane.stop();
    }
  }

  private void restrictedNamespace(String name) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of("pod-security.kubernetes.io/enforce", "restricted"))
                .endMetadata()
                .build())
        .create();
  }

  private static void refuseOrSkip(String line) {
    if (Boolean.getBoolean("controlplane.required") || "true".equals(System.getenv("CI"))) {
      throw new AssertionError(line);
    }
    System.err.println(line);
    Assumptions.abort(line);
  }

  /** A type of the Prometheus operator, as far as the chart's object needs it. */
  private static CustomResourceDefinition monitoring(String kind, String plural) {
    return Serialization.unmarshal(
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: %1$s.monitoring.coreos.com}
        spec:
          group: monitoring.coreos.com
          scope: Namespaced
          names: {plural: %1$s, kind: %2$s}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
        """
            .formatted(plural, kind),
        CustomResourceDefinition.class);
  }
}
