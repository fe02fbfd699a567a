package dev.millrace.e2e.chart;

import dev.millrace.e2e.cluster.TestControlPlane;
import dev.millrace.local.controlplane.ControlPlane;
import dev.millrace.local.controlplane.CrdFiles;
import dev.millrace.local.controlplane.NeighbourCrds;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
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

  private TestControlPlane plane;

  KubernetesClient client() {
    return plane.client();
  }

  ControlPlane controlPlane() {
    return plane.controlPlane();
  }

  /** Where files of the tests can lie. */
  Path folder() {
    return plane.folder();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    plane = TestControlPlane.start(context.getRequiredTestClass().getSimpleName());
    CrdFiles.install(client(), NeighbourCrds.all());
    CrdFiles.install(
        client(),
        List.of(
            monitoring("ServiceMonitor", "servicemonitors"),
            monitoring("PrometheusRule", "prometheusrules")));
    NAMESPACES.forEach(plane::createNamespace);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (plane != null) {
      plane.close();
    }
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
