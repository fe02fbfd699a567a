package dev.millrace.e2e.security;

import dev.millrace.e2e.Runs;
import dev.millrace.local.controlplane.BinariesResult;
import dev.millrace.local.controlplane.ControlPlaneBinaries;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The {@link SecuredCluster} of this JVM, started by the first class that needs it. */
final class SecurityExtension implements BeforeAllCallback {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(SecurityExtension.class);

  private SecuredCluster cluster;

  private record Shared(SecuredCluster cluster)
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    @Override
    public void close() {
      cluster.close();
    }
  }

  SecuredCluster cluster() {
    return cluster;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    cluster =
        context
            .getRoot()
            .getStore(STORE)
            .getOrComputeIfAbsent("cluster", key -> start(), Shared.class)
            .cluster();
  }

  private static Shared start() {
    BinariesResult result = ControlPlaneBinaries.find();
    if (result instanceof BinariesResult.Found found) {
      try {
        String name = "security-" + Runs.name();
        return new Shared(
            SecuredCluster.start(Path.of("target", "controlplane", name), found.binaries()));
      } catch (IOException e) {
        throw new IllegalStateException("the control plane cannot be started", e);
      }
    }
    String line = "NO CONTROL PLANE: " + ((BinariesResult.Missing) result).reason();
    if (Boolean.getBoolean("controlplane.required") || "true".equals(System.getenv("CI"))) {
      throw new AssertionError(line);
    }
    System.err.println(line);
    return Assumptions.abort(line);
  }
}
