package dev.millrace.e2e.security;

import dev.millrace.e2e.security.RenderedPods.Rendered;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * What Spark makes of the executors' pod template: command, sizes and a local folder are added;
 * security contexts are the template's or nobody's.
 */
final class SparkExecutor {
  private SparkExecutor() {}

  static Rendered of(String origin, String template) {
    Pod pod =
        new PodBuilder(Serialization.unmarshal(template, Pod.class))
            .editSpec()
            .withRestartPolicy("Never")
            .editFirstContainer()
            .withArgs("executor")
            .withNewResources()
            .addToRequests("cpu", new Quantity("500m"))
            .addToLimits("memory", new Quantity("3Gi"))
            .endResources()
            .addNewVolumeMount()
            .withName("spark-local-dir-1")
            .withMountPath("/tmp")
            .endVolumeMount()
            .endContainer()
            .addNewVolume()
            .withName("spark-local-dir-1")
            .withNewEmptyDir()
            .endEmptyDir()
            .endVolume()
            .endSpec()
            .build();
    return new Rendered(origin, "executor", pod);
  }
}
