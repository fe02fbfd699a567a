package dev.millrace.e2e;

import dev.millrace.local.controlplane.BinariesResult;
import dev.millrace.local.controlplane.ControlPlane;
import dev.millrace.local.controlplane.ControlPlaneBinaries;
import dev.millrace.local.controlplane.ControlPlaneOptions;
import dev.millrace.local.controlplane.CrdFiles;
import dev.millrace.local.controlplane.NeighbourCrds;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The one control plane of this JVM, with our resource types and those next door installed. */
public final class SharedCluster implements AutoCloseable {
  private static final Path FOLDER = Path.of("target", "controlplane");

  public final ControlPlane controlPlane;
  public final KubernetesClient client;

  private SharedCluster(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    client = new KubernetesClientBuilder().withConfig(controlPlane.adminConfig()).build();
    CrdFiles.install(client, CrdFiles.ours());
    CrdFiles.install(client, NeighbourCrds.all());
  }

  /** Starts it, or skips the tests, or fails where tests must not be skipped. */
  static SharedCluster start() {
    BinariesResult result = ControlPlaneBinaries.find();
    if (result instanceof BinariesResult.Found found) {
      return start(found.binaries());
    }
    return without(((BinariesResult.Missing) result).reason());
  }

  @Override
  public void close() {
    client.close();
    controlPlane.stop();
  }

  private static SharedCluster start(ControlPlaneBinaries binaries) {
    Path folder = FOLDER.resolve(Runs.name());
    try {
      return new SharedCluster(ControlPlane.start(folder, ControlPlaneOptions.of(binaries)));
    } catch (IOException cannotStart) {
      throw new IllegalStateException("the control plane cannot be started", cannotStart);
    }
  }

  private static SharedCluster without(String reason) {
    String line = "NO CONTROL PLANE: " + reason;
    if (isRequired()) {
      throw new AssertionError(line);
    }
    System.err.println(line);
    return Assumptions.abort(line);
  }

  private static boolean isRequired() {
    return Boolean.getBoolean("controlplane.required") || "true".equals(System.getenv("CI"));
  }
}
