package dev.millrace.operator.desired;

import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.LabelWindowPlan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
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

  /** Name of the container, and the component that its pod's label names. */
  public static final String CONTAINER = "extract";

  private static final long STARTING_DEADLINE_SECONDS = 3600;
  private static final int RETRIES = 2;

  private CronJobs() {}

  /**
   * @param definition name of the ConfigMap with the document
   */
  static CronJob of(LabelWindowPlan plan, String definition, OperatorConfig config) {
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
        .withJobTemplate(job(plan, pod(plan, definition, config)))
        .endSpec()
        .build();
  }

  private static JobTemplateSpec job(LabelWindowPlan plan, PodTemplateSpec pod) {
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
        .addToRules(SparkPods.evictionIsNoAttempt())
        .endPodFailurePolicy()
        .withTemplate(pod)
        .endSpec()
        .build();
  }

  private static PodTemplateSpec pod(
      LabelWindowPlan plan, String definition, OperatorConfig config) {
    PodFiles files =
        SparkPods.files(plan.storage())
            .definition(definition)
            .secret("kafka", plan.topic().connection().tlsSecret(), MountPaths.KAFKA)
            .scratch("tmp", "/tmp");
    Container container =
        SparkPods.driver(
            CONTAINER,
            SparkArguments.extract(plan, config),
            environment(plan),
            plan.extract().driver(),
            files,
            config);
    boolean executors = plan.extract().executors() > 0;
    return SparkPods.of(Owner.of(plan), CONTAINER, executors, container, files, config);
  }

  private static List<EnvVar> environment(LabelWindowPlan plan) {
    var variables = new ArrayList<EnvVar>();
    variables.add(SparkPods.field(JOB_NAME, "metadata.labels['batch.kubernetes.io/job-name']"));
    if (plan.extract().executors() > 0) {
      variables.add(SparkPods.field(SparkArguments.POD_NAME, "metadata.name"));
      variables.add(SparkPods.field(SparkArguments.POD_ADDRESS, "status.podIP"));
    }
    variables.addAll(SparkPods.environment(plan.storage()));
    return variables;
  }
}
