package dev.millrace.operator.desired;

import dev.millrace.operator.config.Connection;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.ProcessPlan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRuleBuilder;
import java.util.ArrayList;
import java.util.List;

/** Pods in which spark-submit runs a driver, Pod Security <em>restricted</em>. */
final class SparkPods {
  static final long SPARK_USER = 185;

  /** Spark's working folder, where it puts a job's jars. */
  static final String WORK = "/opt/spark/work-dir";

  private SparkPods() {}

  /** Files of every Spark pod: credentials of the storage, and the folders that Spark writes. */
  static PodFiles files(Connection.Storage storage) {
    return new PodFiles()
        .secret("storage", storage.credentialsSecret(), MountPaths.STORAGE)
        .scratch("work", WORK);
  }

  /**
   * @param component what the pod does, as its label says; also its container's name
   * @param callsApi whether the driver starts executors
   */
  static PodTemplateSpec of(
      Owner owner,
      String component,
      boolean callsApi,
      Container container,
      PodFiles files,
      OperatorConfig config) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(Labels.pods(owner, component))
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withServiceAccountName(config.sparkServiceAccount())
        .withAutomountServiceAccountToken(callsApi)
        .withSecurityContext(PodSecurity.pod(SPARK_USER))
        .withContainers(container)
        .withVolumes(files.volumes())
        .endSpec()
        .build();
  }

  /** The container with the driver; it leaves its report as the termination message. */
  static Container driver(
      String name,
      List<String> arguments,
      List<EnvVar> environment,
      ProcessPlan size,
      PodFiles files,
      OperatorConfig config) {
    return new ContainerBuilder()
        .withName(name)
        .withImage(config.images().spark())
        .withCommand("/opt/spark/bin/spark-submit")
        .withArgs(arguments)
        .withEnv(environment)
        .withResources(resources(size))
        .withTerminationMessagePath("/dev/termination-log")
        .withTerminationMessagePolicy("File")
        .withSecurityContext(PodSecurity.container())
        .withVolumeMounts(files.mounts())
        .build();
  }

  /** Where the storage's credentials are, if it has some: a path, never a value. */
  static List<EnvVar> environment(Connection.Storage storage) {
    var variables = new ArrayList<EnvVar>();
    if (!storage.credentialsSecret().isEmpty()) {
      variables.add(
          new EnvVarBuilder()
              .withName("AWS_SHARED_CREDENTIALS_FILE")
              .withValue(MountPaths.STORAGE + "/credentials")
              .build());
    }
    return variables;
  }

  /**
   * A variable with a field of the pod (downward API); the server adds the version if we do not.
   */
  static EnvVar field(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef()
        .withApiVersion("v1")
        .withFieldPath(path)
        .endFieldRef()
        .endValueFrom()
        .build();
  }

  /** A pod that a drained or full node evicts is none of the attempts. */
  static PodFailurePolicyRule evictionIsNoAttempt() {
    return new PodFailurePolicyRuleBuilder()
        .withAction("Ignore")
        .addNewOnPodCondition()
        .withType("DisruptionTarget")
        .withStatus("True")
        .endOnPodCondition()
        .build();
  }

  private static ResourceRequirements resources(ProcessPlan size) {
    Quantity memory = CanonicalQuantity.of(size.memory());
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", CanonicalQuantity.of(size.cpu()))
        .addToRequests("memory", memory)
        .addToLimits("memory", memory)
        .build();
  }
}
