package dev.millrace.e2e.cluster;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.List;

/** Runs of the extracts of one namespace, and what their pods say in the end. */
public record ExtractRun(KubernetesClient client, String namespace) {
  /** {@code kubectl create job --from=cronjob}. */
  public void start(String cronJobName) {
    CronJob cronJob =
        client.batch().v1().cronjobs().inNamespace(namespace).withName(cronJobName).require();
    client.resource(job(cronJob, Instant.now().getEpochSecond() / 60)).create();
  }

  /**
   * The Job that {@code kubectl create job --from=cronjob} makes, named after a minute.
   *
   * @param minutes since the epoch
   */
  public static Job job(CronJob cronJob, long minutes) {
    String name = cronJob.getMetadata().getName();
    return new JobBuilder()
        .withNewMetadataLike(cronJob.getSpec().getJobTemplate().getMetadata())
        .withName(name + "-" + minutes)
        .withNamespace(cronJob.getMetadata().getNamespace())
        .addNewOwnerReference()
        .withApiVersion("batch/v1")
        .withKind("CronJob")
        .withName(name)
        .withUid(cronJob.getMetadata().getUid())
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withSpec(cronJob.getSpec().getJobTemplate().getSpec())
        .build();
  }

  /** Makes every pod of an extract leave that as its termination message. */
  public void leaveMessage(String cronJobName, String message) {
    await("a pod of a run").atMost(Tenant.PATIENCE).until(() -> !podsOf(cronJobName).isEmpty());
    for (Pod pod : podsOf(cronJobName)) {
      // The Job controller writes to the pod too, and a write on an old version is refused.
      await("last words of a pod")
          .atMost(Tenant.PATIENCE)
          .ignoreExceptionsMatching(ExtractRun::isConflict)
          .untilAsserted(() -> say(pod, message));
    }
  }

  private static boolean isConflict(Throwable failure) {
    return failure instanceof KubernetesClientException refused
        && refused.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  private void say(Pod pod, String message) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(pod.getMetadata().getName())
        .editStatus(
            ended ->
                new PodBuilder(ended)
                    .editOrNewStatus()
                    .addNewContainerStatus()
                    .withName(ended.getSpec().getContainers().get(0).getName())
                    .withImage("test")
                    .withImageID("test")
                    .withReady(false)
                    .withRestartCount(0)
                    .withNewState()
                    .withNewTerminated()
                    .withExitCode(0)
                    .withReason("Completed")
                    .withFinishedAt(Instant.now().toString())
                    .withMessage(message)
                    .endTerminated()
                    .endState()
                    .endContainerStatus()
                    .endStatus()
                    .build());
  }

  private List<Pod> podsOf(String cronJobName) {
    String label = "batch.kubernetes.io/job-name";
    return client.pods().inNamespace(namespace).withLabel(label).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getLabels().get(label).startsWith(cronJobName + "-"))
        .toList();
  }
}
