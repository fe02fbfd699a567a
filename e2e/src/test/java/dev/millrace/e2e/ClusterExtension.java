package dev.millrace.e2e;

import dev.millrace.local.controlplane.ControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real control plane for the tests of a class, shared by all classes of this JVM and started by
 * the first, and a namespace of its own for each test. Register it in a static field.
 *
 * <p>Where there is none the tests are skipped with the reason; with {@code
 * -Dcontrolplane.required=true} or {@code CI=true} they fail.
 */
public final class ClusterExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(ClusterExtension.class);
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  private SharedCluster cluster;
  private String namespace;

  /** The one of this JVM, started if need be. */
  public static SharedCluster shared(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(STORE)
        .getOrComputeIfAbsent("cluster", key -> SharedCluster.start(), SharedCluster.class);
  }

  /** Client of the administrator. */
  public KubernetesClient client() {
    return cluster.client;
  }

  /** Of the administrator, for programs. */
  public Path kubeconfig() {
    return cluster.controlPlane.kubeconfig();
  }

  /**
   * For tokens of others, the audit log and outages. Whoever stops its API server starts it again.
   */
  public ControlPlane controlPlane() {
    return cluster.controlPlane;
  }

  /** The namespace of the running test. */
  public String namespace() {
    return namespace;
  }

  /** Makes one more namespace; its name is unique. */
  public String newNamespace() {
    String name = "test-" + NAMESPACES.incrementAndGet();
    client()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    cluster = shared(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    namespace = newNamespace();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    client().namespaces().withName(namespace).delete();
  }
}
