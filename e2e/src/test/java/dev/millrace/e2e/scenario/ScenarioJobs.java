package dev.millrace.e2e.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.ExtractRun;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
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
    client.resource(ExtractRun.job(cronJob, minutes)).create();
  }
}
