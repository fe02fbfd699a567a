package dev.millrace.e2e.cluster;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A {@link QuickCluster} for the tests of a class. Register it in a static field. */
public final class QuickClusterExtension implements BeforeAllCallback, AfterAllCallback {
  private final boolean isShared;
  private QuickCluster cluster;

  private QuickClusterExtension(boolean isShared) {
    this.isShared = isShared;
  }

  /** The one that all classes of this JVM share; each finds it without resources of ours. */
  public static QuickClusterExtension shared() {
    return new QuickClusterExtension(true);
  }

  /** One for this class alone, on which Strimzi and Flink are not installed yet. */
  public static QuickClusterExtension withoutNeighbourTypes() {
    return new QuickClusterExtension(false);
  }

  public QuickCluster cluster() {
    return cluster;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    cluster =
        isShared
            ? QuickCluster.shared()
            : QuickCluster.withoutNeighbourTypes(context.getRequiredTestClass().getSimpleName());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (cluster == null) {
      return;
    }
    if (isShared) {
      cluster.clear();
    } else {
      cluster.close();
    }
  }
}
