package dev.millrace.e2e.platform;

import dev.millrace.e2e.ClusterExtension;
import dev.millrace.e2e.Runs;
import dev.millrace.e2e.SharedCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The platform of this JVM with one running operator, shared by all tests that do not harm it, and
 * a tenant namespace for each. Register it in a static field.
 */
public final class PlatformExtension implements BeforeAllCallback, BeforeEachCallback {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(PlatformExtension.class);

  private Shared shared;
  private String namespace;

  /** Ends with the JVM's last test. */
  private static final class Shared implements ExtensionContext.Store.CloseableResource {
    private final Platform platform;
    private OperatorProcess operator;

    private Shared(SharedCluster cluster) {
      platform =
          Platform.start(
              cluster.controlPlane, cluster.client, Path.of("target", "platform", Runs.name()));
    }

    @Override
    public void close() {
      platform.close();
    }
  }

  public Platform platform() {
    return shared.platform;
  }

  /** The tenant namespace of the running test. */
  public String namespace() {
    return namespace;
  }

  /** The running operator; started if there is none or the last one was ended. */
  public OperatorProcess operator() {
    if (shared.operator == null || !shared.operator.isAlive()) {
      shared.operator = shared.platform.startOperator(OperatorOptions.ALONE).awaitReady();
    }
    return shared.operator;
  }

  /** Ends the running operator, so that a test can start others of its own. */
  public void stopOperator() {
    if (shared.operator != null) {
      shared.operator.close();
      shared.operator = null;
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    SharedCluster cluster = ClusterExtension.shared(context);
    shared =
        context
            .getRoot()
            .getStore(STORE)
            .getOrComputeIfAbsent("platform", key -> new Shared(cluster), Shared.class);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    namespace = shared.platform.tenant();
  }
}
