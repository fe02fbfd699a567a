package dev.millrace.e2e.steady;

import dev.millrace.e2e.Runs;
import dev.millrace.local.controlplane.BinariesResult;
import dev.millrace.local.controlplane.ControlPlaneBinaries;
import dev.millrace.local.controlplane.NeighbourCrds;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A {@link SteadyCluster} for the tests of one class. Register it in a static field. */
final class SteadyExtension implements BeforeAllCallback, AfterAllCallback {
  private final List<CustomResourceDefinition> neighbourTypes;
  private SteadyCluster cluster;

  /**
   * @param neighbourTypes resource types of Strimzi and Flink that are there from the beginning
   */
  SteadyExtension(List<CustomResourceDefinition> neighbourTypes) {
    this.neighbourTypes = neighbourTypes;
  }

  /** With all neighbours there from the beginning. */
  static SteadyExtension complete() {
    return new SteadyExtension(NeighbourCrds.all());
  }

  SteadyCluster cluster() {
    return cluster;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    BinariesResult result = ControlPlaneBinaries.find();
    if (result instanceof BinariesResult.Missing missing) {
      without("NO CONTROL PLANE: " + missing.reason());
    }
    ControlPlaneBinaries binaries = ((BinariesResult.Found) result).binaries();
    String name = "steady-" + Runs.name();
    cluster =
        SteadyCluster.start(Path.of("target", "controlplane", name), binaries, neighbourTypes);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static void without(String line) {
    if (Boolean.getBoolean("controlplane.required") || "true".equals(System.getenv("CI"))) {
      throw new AssertionError(line);
    }
    System.err.println(line);
    Assumptions.abort(line);
  }
}
