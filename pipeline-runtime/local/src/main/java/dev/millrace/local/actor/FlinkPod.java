package dev.millrace.local.actor;

import dev.millrace.local.flink.MiniClusterRequest;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The pods of a FlinkDeployment as one process: its mounts written, its paths made local. */
public final class FlinkPod {
  private FlinkPod() {}

  /**
   * How its JVM is set up.
   *
   * @param options memory and collector
   * @param afterEnd whether it outlives the job
   */
  public record Jvm(List<String> options, MiniClusterRequest.AfterEnd afterEnd) {}

  /**
   * Writes the mounts and says how the process is started.
   *
   * @param data folder for pods and logs
   * @param configuration local configuration
   * @throws MissingVolume for a ConfigMap or Secret that does not exist
   */
  public static FlinkProcess process(
      Path data,
      FlinkDeploymentView view,
      PodVolumes volumes,
      Map<String, String> configuration,
      Jvm jvm)
      throws IOException {
    Path folder = folder(data, view.name());
    PodFiles files =
        PodFiles.mount(
            folder.resolve("files"),
            view.namespace(),
            view.podTemplate().getSpec(),
            view.container(),
            volumes);
    return new FlinkProcess(
        view.name(),
        folder,
        data.resolve("logs").resolve(view.name() + ".log"),
        view.entryClass(),
        view.arguments().stream().map(files::localPath).toList(),
        configuration,
        PodEnvironment.of(metadata(view), view.container(), files, volumes.objects()),
        jvm.options(),
        jvm.afterEnd());
  }

  /** Folder of a deployment. */
  static Path folder(Path data, String deployment) {
    return data.resolve("pods").resolve(deployment);
  }

  private static ObjectMeta metadata(FlinkDeploymentView view) {
    ObjectMeta template = view.podTemplate().getMetadata();
    return new ObjectMetaBuilder(template == null ? new ObjectMeta() : template)
        .withNamespace(view.namespace())
        .withName(view.name())
        .build();
  }
}
