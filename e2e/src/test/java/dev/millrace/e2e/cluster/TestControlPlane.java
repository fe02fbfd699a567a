package dev.millrace.e2e.cluster;

import dev.millrace.local.controlplane.BinariesResult;
import dev.millrace.local.controlplane.ControlPlane;
import dev.millrace.local.controlplane.ControlPlaneBinaries;
import dev.millrace.local.controlplane.ControlPlaneOptions;
import dev.millrace.local.controlplane.CrdFiles;
import dev.millrace.local.controlplane.NeighbourCrds;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * A real control plane with the client of its administrator. Where the binaries are missing, tests
 * are skipped with the reason; with {@code -Dcontrolplane.required=true} or {@code CI=true} they
 * fail.
 */
public final class TestControlPlane implements AutoCloseable {
  /** A control plane finds what its folder holds, so each start has a folder of its own. */
  private static final AtomicInteger STARTS = new AtomicInteger();

  private static TestControlPlane shared;

  private final ControlPlane controlPlane;
  private final KubernetesClient client;
  private final Path folder;

  private TestControlPlane(ControlPlane controlPlane, Path folder) {
    this.controlPlane = controlPlane;
    this.folder = folder;
    client = new KubernetesClientBuilder().withConfig(controlPlane.adminConfig()).build();
  }

  /**
   * The one that all classes of this JVM share, with our resource types and those next door. Its
   * processes end with the JVM: the build runs each class by itself, so no class is the last.
   */
  public static synchronized TestControlPlane shared() {
    if (shared == null) {
      var plane = start("shared");
      CrdFiles.install(plane.client, CrdFiles.ours());
      CrdFiles.install(plane.client, NeighbourCrds.all());
      shared = plane;
    }
    return shared;
  }

  /**
   * One more, without any resource type of ours or of others.
   *
   * @param name for its folder
   */
  public static TestControlPlane start(String name) {
    BinariesResult result = ControlPlaneBinaries.find();
    if (result instanceof BinariesResult.Found found) {
      return start(name, found.binaries());
    }
    return without(((BinariesResult.Missing) result).reason());
  }

  private static TestControlPlane start(String name, ControlPlaneBinaries binaries) {
    String run = name + "-" + ProcessHandle.current().pid() + "-" + STARTS.incrementAndGet();
    Path folder = Path.of("target", "controlplane", run).toAbsolutePath();
    try {
      return new TestControlPlane(
          ControlPlane.start(folder, ControlPlaneOptions.of(binaries)), folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the control plane cannot be started", e);
    }
  }

  private static TestControlPlane without(String reason) {
    String line = "NO CONTROL PLANE: " + reason;
    if (Boolean.getBoolean("controlplane.required") || "true".equals(System.getenv("CI"))) {
      throw new AssertionError(line);
    }
    System.err.println(line);
    return Assumptions.abort(line);
  }

  /** For tokens of others, the audit log and outages. */
  public ControlPlane controlPlane() {
    return controlPlane;
  }

  /** Client of the administrator. */
  public KubernetesClient client() {
    return client;
  }

  /** Data, logs, and whatever tests put beside them. */
  public Path folder() {
    return folder;
  }

  /** Makes a namespace that enforces Pod Security <i>restricted</i>. */
  public void createNamespace(String name) {
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

  @Override
  public void close() {
    client.close();
    controlPlane.stop();
  }
}
