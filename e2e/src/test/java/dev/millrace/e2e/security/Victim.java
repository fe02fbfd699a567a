package dev.millrace.e2e.security;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static dev.millrace.e2e.neighbour.Kinds.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.Canaries;
import dev.millrace.e2e.cluster.QuickCluster;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.cluster.Tenant;
import dev.millrace.local.controlplane.AuditEntry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A pipeline and a LabelWindow that others forge children of, on connections of their own. */
final class Victim {
  /** How the names of their objects begin, and of what the chart made for them. */
  private static final Set<String> OWN =
      Set.of(
          Samples.PIPELINE,
          Samples.WINDOW,
          QuickCluster.ALPHA + "-",
          Canaries.REDIS,
          Canaries.STORAGE,
          "millrace-");

  private final QuickCluster cluster;
  private final Tenant tenant;
  private final JsonNode pipeline;
  private final JsonNode window;
  private final List<HasMetadata> forged = new CopyOnWriteArrayList<>();
  private final long settled;

  Victim(QuickCluster cluster) {
    this.cluster = cluster;
    tenant = cluster.tenant(QuickCluster.ALPHA);
    tenant.create(Samples.onOwnKafka(Samples.managedRedis("Delete")));
    tenant.create(Samples.onOwnKafka(Samples.window("Delete")));
    tenant.awaitReady(PIPELINE, Samples.PIPELINE, "Running");
    new Lives(tenant).awaitWindow();
    pipeline = tenant.read(PIPELINE, Samples.PIPELINE);
    window = tenant.read(WINDOW, Samples.WINDOW);
    settled = cluster.controlPlane().audit().mark();
  }

  void forgedDefinition(Intruder intruder) {
    forged.add(
        intruder.configMap(
            "card-fraud-00000000", Intruder.labels(pipeline), Map.of("pipeline.json", "{}")));
    forged.add(
        intruder.configMap(
            "chargeback-00000000", Intruder.labels(window), Map.of("extract.json", "{}")));
    isUnchanged();
  }

  void forgedJob(Intruder intruder) {
    forged.add(intruder.flinkDeployment("card-fraud-v1", Intruder.labels(pipeline)));
    forged.add(intruder.flinkDeployment("card-fraud-v2", Intruder.labels(pipeline)));
    isUnchanged();
  }

  /** Its pod would say in its last words what was published. */
  void forgedRun(Intruder intruder) {
    var job =
        new JobBuilder()
            .withMetadata(Intruder.metadata("chargeback-29000000", Intruder.labels(window)))
            .withNewSpec()
            .withSuspend(true)
            .withNewTemplate()
            .withSpec(
                new PodBuilder()
                    .withNewSpec()
                    .withRestartPolicy("Never")
                    .addNewContainer()
                    .withName("extract")
                    .withImage("test")
                    .endContainer()
                    .endSpec()
                    .build()
                    .getSpec())
            .endTemplate()
            .endSpec()
            .build();
    forged.add(intruder.put(job));
    isUnchanged();
  }

  /** A Service of another name than any child's, so that the garbage collector alone may judge. */
  void forgedOwner(Intruder intruder) {
    intruder.put(
        new ServiceBuilder()
            .withMetadata(
                new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                    .withName("card-fraud-redis")
                    .withLabels(Intruder.labels(pipeline))
                    .addNewOwnerReference()
                    .withApiVersion("millrace.dev/v1alpha1")
                    .withKind("FeaturePipeline")
                    .withName(Samples.PIPELINE)
                    .withUid(pipeline.at("/metadata/uid").asText())
                    .withController(true)
                    .endOwnerReference()
                    .build())
            .withNewSpec()
            .withExternalName("elsewhere.example.org")
            .withType("ExternalName")
            .endSpec()
            .build());
    isUnchanged();
  }

  /** Everything that somebody can know of them is as it was, after at least two more looks. */
  private void isUnchanged() {
    for (int look = 0; look < 2; look++) {
      long mark = cluster.controlPlane().audit().mark();
      org.awaitility.Awaitility.await("another look of the operator")
          .atMost(java.time.Duration.ofSeconds(60))
          .pollInterval(java.time.Duration.ofMillis(500))
          .until(() -> asked(mark).stream().anyMatch(entry -> entry.resource().equals("secrets")));
    }
    assertThat(tenant.read(PIPELINE, Samples.PIPELINE)).isEqualTo(pipeline);
    assertThat(tenant.read(WINDOW, Samples.WINDOW)).isEqualTo(window);
  }

  /** Until their end nothing was said about them, and nothing asked for but what is their own. */
  void assertUntouched() {
    assertThat(asked(settled))
        .isNotEmpty()
        .allMatch(entry -> OWN.stream().anyMatch(entry.name()::startsWith), "their own by name")
        .noneMatch(entry -> Set.of("create", "delete").contains(entry.verb()))
        .noneMatch(entry -> entry.subresource().equals("status"));
  }

  private List<AuditEntry> asked(long mark) {
    return cluster.requestsOfOperators(mark).stream()
        .filter(entry -> !entry.resource().equals("events"))
        .filter(
            entry ->
                Set.of(QuickCluster.ALPHA, QuickCluster.KAFKA_ALPHA).contains(entry.namespace()))
        .toList();
  }

  /** With everything of their own, and with nothing of others that bears their name. */
  void end() {
    new Lives(tenant).deleteWindow().delete();
    var left = new TreeMap<String, Boolean>();
    forged.forEach(
        object ->
            left.put(
                object.getKind() + " " + object.getMetadata().getName(),
                cluster.client().resource(object).get() != null));
    assertThat(left).hasSize(5).doesNotContainValue(false);
  }
}
