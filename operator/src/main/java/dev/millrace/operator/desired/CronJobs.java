package dev.millrace.operator.desired;

import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.LabelWindowPlan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpecBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The scheduled extract. The pod learns its Job's name by the downward API; the name's suffix is
 * the scheduled instant in epoch minutes, the run's {@code asOf} (neighbours.md §4.1).
 */
public final class CronJobs {
  /** Environment variable with the Job's name. */
  public static final String JOB_NAME = "MILLRACE_JOB_NAME";

  /** Exit code of a run that the quality gate refused; it is not retried. */
  public static final int GATE_REFUSED = 3;

  static final String CONTAINER = "extract";

  private static final long SPARK_USER = 185;
  private static final long STARTING_DEADLINE_SECONDS = 3600;
  private static final int RETRIES = 2;

  private CronJobs() {}

  /**
   * @param definition name of the ConfigMap with the document
   */
  public static CronJob of(LabelWindowPlan plan, String definition, OperatorConfig config) {
    return new CronJobBuilder()
        .withMetadata(Owner.of(plan).owned(Names.cronJob(plan.name())))
        .withNewSpec()
        .withSchedule(plan.extract().schedule())
        .withTimeZone(plan.extract().timeZone())
        .withSuspend(plan.suspended())
        .withConcurrencyPolicy("Forbid")
        .withStartingDeadlineSeconds(STARTING_DEADLINE_SECONDS)
        .withSuccessfulJobsHistoryLimit(config.historyLimit())
        .withFailedJobsHistoryLimit(config.historyLimit())
        .withJobTemplate(job(plan, definition, config))
        .endSpec()
        .build();
  }

  private static JobTemplateSpec job(
      LabelWindowPlan plan, String definition, OperatorConfig config) {
    return new JobTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(Labels.of(Owner.of(plan)))
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(RETRIES)
        .withActiveDeadlineSeconds(plan.extract().timeoutMillis() / 1000)
        .withNewPodFailurePolicy()
        .addNewRule()
        .withAction("FailJob")
        .withNewOnExitCodes()
        .withContainerName(CONTAINER)
        .withOperator("In")
        .withValues(GATE_REFUSED)
        .endOnExitCodes()
        .endRule()
        .endPodFailurePolicy()
        .withTemplate(pod(plan, definition, config))
        .endSpec()
        .build();
  }

  private static PodTemplateSpec pod(
      LabelWindowPlan plan, String definition, OperatorConfig config) {
    PodFiles files =
        new PodFiles()
            .definition(definition)
            .secret("storage", plan.storage().credentialsSecret(), MountPaths.STORAGE)
            .secret("kafka", plan.topic().connection().tlsSecret(), MountPaths.KAFKA)
            .scratch("tmp", "/tmp");
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(Labels.pods(Owner.of(plan), "extract"))
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withServiceAccountName(config.sparkServiceAccount())
        .withAutomountServiceAccountToken(plan.extract().executors() > 0)
        .withSecurityContext(PodSecurity.pod(SPARK_USER))
        .withContainers(container(plan, files, config))
        .withVolumes(files.volumes())
        .endSpec()
        .build();
  }

  private static Container container(LabelWindowPlan plan, PodFiles files, OperatorConfig config) {
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(config.images().spark())
        .withCommand("/opt/spark/bin/spark-submit")
        .withArgs(SparkArguments.of(plan, config))
        .withEnv(environment(plan))
        .withResources(resources(plan))
        .withTerminationMessagePath("/dev/termination-log")
        .withTerminationMessagePolicy("File")
        .withSecurityContext(PodSecurity.container())
        .withVolumeMounts(files.mounts())
        .build();
  }

  private static List<EnvVar> environment(LabelWindowPlan plan) {
    var variables = new ArrayList<EnvVar>();
    variables.add(
        new EnvVarBuilder()
            .withName(JOB_NAME)
            .withNewValueFrom()
            .withNewFieldRef()
            .withFieldPath("metadata.labels['batch.kubernetes.io/job-name']")
            .endFieldRef()
            .endValueFrom()
            .build());
    if (!plan.storage().credentialsSecret().isEmpty()) {
      variables.add(
          new EnvVarBuilder()
              .withName("AWS_SHARED_CREDENTIALS_FILE")
              .withValue(MountPaths.STORAGE + "/credentials")
              .build());
    }
    return variables;
  }

  private static ResourceRequirements resources(LabelWindowPlan plan) {
    var memory = new Quantity(plan.extract().driver().memory());
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity(plan.extract().driver().cpu()))
        .addToRequests("memory", memory)
        .addToLimits("memory", memory)
        .build();
  }
}
