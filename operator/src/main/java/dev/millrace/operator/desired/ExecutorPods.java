package dev.millrace.operator.desired;

import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.LabelWindowPlan;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * The pod that Spark starts executors from. Spark's own is not Pod Security <em>restricted</em>;
 * this one is ours, nothing of it comes from a tenant (reliability.md §3.2). Spark adds image,
 * sizes and its local folders.
 */
final class ExecutorPods {
  static final String CONTAINER = "executor";
  static final String COMPONENT = "executor";

  private ExecutorPods() {}

  /** The pod as YAML. */
  static String template(LabelWindowPlan plan, OperatorConfig config) {
    return Serialization.asYaml(pod(plan, config));
  }

  private static Pod pod(LabelWindowPlan plan, OperatorConfig config) {
    PodFiles files =
        SparkPods.files(plan.storage())
            .secret("kafka", plan.topic().connection().tlsSecret(), MountPaths.KAFKA);
    return new PodBuilder()
        .withNewMetadata()
        .withLabels(Labels.pods(Owner.of(plan), COMPONENT))
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName(config.sparkServiceAccount())
        .withAutomountServiceAccountToken(false)
        .withSecurityContext(PodSecurity.pod(SparkPods.SPARK_USER))
        .withContainers(
            new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(config.images().spark())
                .withEnv(SparkPods.environment(plan.storage()))
                .withSecurityContext(PodSecurity.container())
                .withVolumeMounts(files.mounts())
                .build())
        .withVolumes(files.volumes())
        .endSpec()
        .build();
  }
}
