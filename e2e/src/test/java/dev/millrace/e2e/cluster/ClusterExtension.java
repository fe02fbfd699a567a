package dev.millrace.e2e.cluster;

import dev.millrace.local.controlplane.ControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The control plane that all classes of this JVM share, and a namespace of its own for each test.
 * Register it in a static field.
 */
public final class ClusterExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  private TestControlPlane plane;
  private String namespace;

  /** Client of the administrator. */
  public KubernetesClient client() {
    return plane.client();
  }

  /** Of the administrator, for programs. */
  public Path kubeconfig() {
    return plane.controlPlane().kubeconfig();
  }

  /**
   * For tokens of others, the audit log and outages. Whoever stops its API server starts it again.
   */
  public ControlPlane controlPlane() {
    return plane.controlPlane();
  }

  /** The namespace of the running test. */
  public String namespace() {
    return namespace;
  }

  /** Makes one more namespace; its name is unique. */
  public String newNamespace() {
    String name = "test-" + NAMESPACES.incrementAndGet();
    plane.createNamespace(name);
    return name;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    plane = TestControlPlane.shared();
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
