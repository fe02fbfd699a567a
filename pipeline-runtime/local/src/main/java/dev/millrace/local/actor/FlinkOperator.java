package dev.millrace.local.actor;

import dev.millrace.local.flink.MiniClusterRequest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What Flink's Kubernetes operator does for a FlinkDeployment, with a child JVM in the place of
 * pods (architecture.md §4): started from entryClass, args, configuration and mounted files.
 */
public final class FlinkOperator {
  private static final List<String> JVM = List.of("-Xmx1g", "-XX:+UseParallelGC");

  private final Path data;
  private final ClusterObjects objects;
  private final int restPort;

  /**
   * @param data folder for pods, temporary files and logs
   * @param restPort port of the REST of the deployment, 0 for any free one
   */
  public FlinkOperator(Path data, ClusterObjects objects, int restPort) {
    this.data = data;
    this.objects = objects;
    this.restPort = restPort;
  }

  /** Starts a deployment, from its newest saved state when there is any. */
  public FlinkCluster deploy(HasMetadata deployment) throws IOException {
    var view = FlinkDeploymentView.of(deployment);
    FlinkProcess process =
        FlinkPod.process(
            data,
            view,
            PodVolumes.of(objects),
            LocalFlinkConfiguration.of(view, data, restPort),
            new FlinkPod.Jvm(JVM, MiniClusterRequest.AfterEnd.LEAVE));
    return FlinkCluster.start(process, process::newestState);
  }
}
