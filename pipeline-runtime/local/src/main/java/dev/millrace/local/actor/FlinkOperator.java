package dev.millrace.local.actor;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What Flink's Kubernetes operator does for a FlinkDeployment, with a child JVM in the place of
 * pods (architecture.md §4): started from entryClass, args, configuration and mounted files.
 */
public final class FlinkOperator {
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
    Path folder = data.resolve("pods").resolve(view.name());
    PodFiles files =
        PodFiles.mount(
            folder.resolve("files"),
            view.namespace(),
            view.podTemplate().getSpec(),
            view.container(),
            objects);
    var process =
        new FlinkProcess(
            view.name(),
            folder,
            data.resolve("logs").resolve(view.name() + ".log"),
            view.entryClass(),
            view.arguments().stream().map(files::localPath).toList(),
            LocalFlinkConfiguration.of(view, folder, restPort));
    var cluster = new FlinkCluster(process);
    cluster.start();
    return cluster;
  }
}
