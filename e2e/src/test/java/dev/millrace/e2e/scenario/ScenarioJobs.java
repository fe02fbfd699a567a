package dev.millrace.e2e.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;

/** Starts a run by hand, as {@code kubectl create job --from=cronjob} does. */
final class ScenarioJobs {
  private final KubernetesClient client;
  private final String namespace;

  ScenarioJobs(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** {@code job: {cronJob: fraud, at: 60}}: named after the minute that many seconds from now. */
  void create(JsonNode arguments) {
    CronJob cronJob =
        client
            .batch()
            .v1()
            .cronjobs()
            .inNamespace(namespace)
            .withName(arguments.path("cronJob").asText())
            .require();
    long minutes = Instant.now().plusSeconds(arguments.path("at").asLong()).getEpochSecond() / 60;
    Job job =
        new JobBuilder()
            .withNewMetadataLike(cronJob.getSpec().getJobTemplate().getMetadata())
            .withName(cronJob.getMetadata().getName() + "-" + minutes)
            .withNamespace(namespace)
            .addNewOwnerReference()
            .withApiVersion("batch/v1")
            .withKind("CronJob")
            .withName(cronJob.getMetadata().getName())
            .withUid(cronJob.getMetadata().getUid())
            .withController(true)
            .endOwnerReference()
            .endMetadata()
            .withSpec(cronJob.getSpec().getJobTemplate().getSpec())
            .build();
    client.resource(job).create();
  }
}
