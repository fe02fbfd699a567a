package dev.millrace.e2e.cluster;

import dev.millrace.e2e.neighbour.Kinds;
import dev.millrace.e2e.neighbour.QuickNeighbours;
import dev.millrace.local.controlplane.AuditEntry;
import dev.millrace.local.controlplane.ControlPlane;
import dev.millrace.local.controlplane.CrdFiles;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;

/**
 * The chart on a control plane with quick neighbours: no job runs, no pod is a process. Every
 * connection has credentials, some are for one tenant only, and all namespaces enforce Pod Security
 * <i>restricted</i>. Operators are started by the tests.
 */
public final class QuickCluster implements AutoCloseable {
  /** Namespace of the Kafka that {@link #ALPHA} has for itself. */
  public static final String KAFKA_ALPHA = "kafka-alpha";

  /** The tenant that may use connections which are called {@code alpha}. */
  public static final String ALPHA = "alpha";

  /** For all classes of a JVM. */
  private static final int TENANTS = 200;

  private static QuickCluster shared;

  private final TestControlPlane plane;
  private final Canaries canaries = new Canaries();
  private final QuickNeighbours neighbours;
  private final ChartRelease release;

  private QuickCluster(TestControlPlane plane, int tenants) {
    this.plane = plane;
    List.of(ChartRelease.SYSTEM, ChartRelease.KAFKA, KAFKA_ALPHA, ALPHA)
        .forEach(plane::createNamespace);
    canaries.secrets().forEach(this::createSecret);
    neighbours = new QuickNeighbours(plane.client());
    release =
        ChartRelease.install(
            plane, List.of(ALPHA), tenants, QuickValues.yaml(neighbours.jobRest()));
  }

  /** On the control plane that all classes of this JVM share. */
  static synchronized QuickCluster shared() {
    if (shared == null) {
      shared = new QuickCluster(TestControlPlane.shared(), TENANTS);
    }
    return shared;
  }

  /** On one of its own, on which Strimzi and Flink are not installed yet. */
  static QuickCluster withoutNeighbourTypes(String name) {
    var plane = TestControlPlane.start(name);
    CrdFiles.install(plane.client(), CrdFiles.ours());
    return new QuickCluster(plane, 1);
  }

  /** In the release's namespace; the chart copies it to the tenants. */
  private void createSecret(String name, Map<String, String> values) {
    client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(ChartRelease.SYSTEM)
                .endMetadata()
                .withStringData(values)
                .build())
        .create();
  }

  /** Client of the administrator. */
  public KubernetesClient client() {
    return plane.client();
  }

  public ControlPlane controlPlane() {
    return plane.controlPlane();
  }

  /** Where files of tests can lie, and namespaces can be made. */
  public TestControlPlane plane() {
    return plane;
  }

  public QuickNeighbours neighbours() {
    return neighbours;
  }

  /** What the connections' Secrets hold. */
  public Canaries canaries() {
    return canaries;
  }

  /** Somebody with kubectl in a namespace that no other test has. */
  public Tenant tenant() {
    return tenant(release.tenant());
  }

  /** Somebody with kubectl in a namespace. */
  public Tenant tenant(String namespace) {
    return new Tenant(client(), namespace);
  }

  /** Starts one more operator; it is not awaited. */
  public OperatorProcess startOperator(OperatorOptions options) {
    return release.startOperator(options);
  }

  /** What operators have asked for since a mark of the audit log. */
  public List<AuditEntry> requestsOfOperators(long mark) {
    return controlPlane().audit().since(mark).stream()
        .filter(entry -> entry.user().equals(ChartRelease.OPERATOR))
        .toList();
  }

  /** Takes away what a class has left, no operator being there to do so. */
  void clear() {
    for (var kind : List.of(Kinds.WINDOW, Kinds.PIPELINE)) {
      for (var left : all(kind)) {
        if (!left.getMetadata().getFinalizers().isEmpty()) {
          client()
              .resource(left)
              .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        }
        client().resource(left).delete();
      }
    }
    all(Kinds.TOPIC).forEach(topic -> client().resource(topic).delete());
  }

  private List<GenericKubernetesResource> all(ResourceDefinitionContext kind) {
    return client().genericKubernetesResources(kind).inAnyNamespace().list().getItems();
  }

  @Override
  public void close() {
    neighbours.close();
    plane.close();
  }
}
