package dev.millrace.local.actor.cluster;

import dev.millrace.local.controlplane.BinariesResult;
import dev.millrace.local.controlplane.ControlPlane;
import dev.millrace.local.controlplane.ControlPlaneBinaries;
import dev.millrace.local.controlplane.ControlPlaneOptions;
import dev.millrace.local.controlplane.CrdFiles;
import dev.millrace.local.controlplane.NeighbourCrds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real control plane for one test class. */
final class TestCluster implements AutoCloseable {
  private final ControlPlane controlPlane;
  final KubernetesClient client;

  private TestCluster(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    client = new KubernetesClientBuilder().withConfig(controlPlane.adminConfig()).build();
  }

  /** Starts it; skips the tests, with the reason, where there are no programs for it. */
  static TestCluster start(Path folder) throws IOException {
    BinariesResult result = ControlPlaneBinaries.find();
    if (result instanceof BinariesResult.Missing missing) {
      return Assumptions.abort("NO CONTROL PLANE: " + missing.reason());
    }
    var options = ControlPlaneOptions.of(((BinariesResult.Found) result).binaries());
    return new TestCluster(ControlPlane.start(folder, options));
  }

  void install(CustomResourceDefinition kind) {
    CrdFiles.install(client, List.of(kind));
  }

  void installNeighbours() {
    CrdFiles.install(client, NeighbourCrds.all());
  }

  void namespace(String name) {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  /** Creates objects of any kind. */
  void apply(String yaml) {
    client.load(new java.io.ByteArrayInputStream(yaml.getBytes())).serverSideApply();
  }

  /**
   * A desired object of our operator's, from its golden files.
   *
   * @param start folder and beginning of the file's name; the rest may be a hash
   */
  static String golden(String start) throws IOException {
    Path root = Path.of(System.getProperty("millrace.root"));
    Path file = root.resolve("operator/src/test/resources/golden").resolve(start);
    try (Stream<Path> files = Files.list(file.getParent())) {
      Path found =
          files
              .filter(path -> path.toString().startsWith(file.toString()))
              .findFirst()
              .orElseThrow(() -> new IOException("no golden file " + file));
      return Files.readString(found);
    }
  }

  static GenericKubernetesResource object(String yaml) {
    return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
  }

  @Override
  public void close() {
    client.close();
    controlPlane.stop();
  }
}
