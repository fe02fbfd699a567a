package dev.millrace.e2e.steady;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static dev.millrace.e2e.neighbour.Kinds.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.OperatorProcess;
import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.cluster.Tenant;
import dev.millrace.local.controlplane.CrdFiles;
import dev.millrace.local.controlplane.NeighbourCrds;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The operators next door are installed after us, one by one and too old at first. One process
 * lives through all of it, says each time what is missing, and goes on within a minute of what it
 * waits for, with the shipped resync (reliability.md §5, A14).
 */
@TestMethodOrder(OrderAnnotation.class)
class MissingKindsIT {
  private static final int RESYNC_SECONDS = 300;
  private static final String FLINK =
      "CRD flinkdeployments.flink.apache.org is not installed; install the Flink Kubernetes operator"
          + " 1.15 or later";

  @RegisterExtension
  static final QuickClusterExtension QUICK = QuickClusterExtension.withoutNeighbourTypes();

  private static OperatorProcess operator;
  private static Tenant tenant;

  @BeforeAll
  static void start() {
    operator =
        QUICK
            .cluster()
            .startOperator(OperatorOptions.ALONE.withResync(RESYNC_SECONDS))
            .awaitReady();
    tenant = QUICK.cluster().tenant();
    tenant.create(Samples.oddPipeline(Samples.PIPELINE));
    tenant.create(Samples.oddWindow(Samples.WINDOW, Samples.PIPELINE));
  }

  @AfterAll
  static void stop() {
    if (operator != null) {
      operator.close();
    }
  }

  @Test
  @Order(1)
  void saysThatStrimziAndFlinkAreMissing() {
    String strimzi =
        "CRD kafkatopics.kafka.strimzi.io is not installed; install Strimzi 0.49 or later";
    awaitMissing(PIPELINE, Samples.PIPELINE, "TopicsReady", strimzi);
    awaitMissing(WINDOW, Samples.WINDOW, "TopicReady", strimzi);
    awaitMissing(PIPELINE, Samples.PIPELINE, "StreamRunning", FLINK);
  }

  @Test
  @Order(2)
  void saysThatStrimziIsTooOld() {
    CrdFiles.install(QUICK.cluster().client(), List.of(oldTopics()));

    String tooOld =
        "CRD kafkatopics.kafka.strimzi.io serves v1beta2, not v1; upgrade to Strimzi 0.49 or later";
    awaitMissing(PIPELINE, Samples.PIPELINE, "TopicsReady", tooOld);
    awaitMissing(WINDOW, Samples.WINDOW, "TopicReady", tooOld);
  }

  @Test
  @Order(3)
  void makesTopicsOnceStrimziServesThem() {
    CrdFiles.install(QUICK.cluster().client(), List.of(NeighbourCrds.kafkaTopic()));

    tenant.awaitReady(WINDOW, Samples.WINDOW);
    tenant.until(
        PIPELINE,
        Samples.PIPELINE,
        "topics",
        object ->
            Conditions.condition(object, "TopicsReady").path("status").asText().equals("True"));
    awaitMissing(PIPELINE, Samples.PIPELINE, "StreamRunning", FLINK);
  }

  @Test
  @Order(4)
  void startsTheJobOnceFlinkIsThere() {
    CrdFiles.install(
        QUICK.cluster().client(),
        List.of(NeighbourCrds.flinkDeployment(), NeighbourCrds.flinkStateSnapshot()));

    tenant.awaitReady(PIPELINE, Samples.PIPELINE);
    assertThat(operator.isAlive()).as("the process that was there from the beginning").isTrue();
  }

  private static void awaitMissing(
      ResourceDefinitionContext kind, String name, String type, String text) {
    tenant.until(
        kind,
        name,
        type + ": " + text,
        object -> {
          JsonNode condition = Conditions.condition(object, type);
          return condition.path("status").asText().equals("False")
              && condition.path("reason").asText().equals("DependencyMissing")
              && condition.path("message").asText().contains(text);
        });
  }

  /** As before Strimzi 0.49. */
  private static CustomResourceDefinition oldTopics() {
    CustomResourceDefinition type = NeighbourCrds.kafkaTopic();
    type.getSpec().getVersions().removeIf(version -> version.getName().equals("v1"));
    return type;
  }
}
