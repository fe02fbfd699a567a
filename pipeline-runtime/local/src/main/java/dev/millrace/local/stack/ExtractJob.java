package dev.millrace.local.stack;

import dev.millrace.local.actor.ClusterObjects;
import dev.millrace.local.actor.Kubelet;
import dev.millrace.local.actor.PodResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A label window's CronJob, and who runs its Jobs here.
 *
 * @param cronJob as the operator would apply it
 * @param kubelet runs its pods
 */
public record ExtractJob(CronJob cronJob, Kubelet kubelet) {

  /**
   * Of a planned label window.
   *
   * @param data folder of the stack, for pods and logs
   */
  public static ExtractJob of(PlannedLabelWindow window, Path data) {
    var objects = new ClusterObjects();
    CronJob cronJob = null;
    for (HasMetadata object : window.objects()) {
      if (object instanceof ConfigMap configMap) {
        objects.apply(configMap);
      } else if (object instanceof CronJob found) {
        cronJob = found;
      }
    }
    return new ExtractJob(cronJob, new Kubelet(data, objects));
  }

  /** Runs the Job of an instant to its end. */
  public PodResult run(Instant asOf) throws IOException, InterruptedException {
    return kubelet.run(cronJob, asOf);
  }

  /**
   * The same with another main class.
   *
   * @param more arguments after the document and the instant
   */
  public PodResult run(Instant asOf, String mainClass, List<String> more)
      throws IOException, InterruptedException {
    return kubelet.run(cronJob, asOf, mainClass, more);
  }
}
