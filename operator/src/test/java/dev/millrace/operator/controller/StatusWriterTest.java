package dev.millrace.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.operator.TestCatalogue;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.status.StatusWrites;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The observed generation is frozen once a deletion has begun (reliability.md §2, L2). */
class StatusWriterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static final String PIPELINE =
      """
      {"apiVersion": "millrace.dev/v1alpha1", "kind": "FeaturePipeline",
       "metadata": {"name": "card-fraud", "namespace": "fraud", "uid": "uid-1", "generation": 5,
                    "resourceVersion": "100"},
       "spec": {"deletionPolicy": "Delete"},
       "status": {"observedGeneration": 4}}
      """;

  private StatusServer server;
  private KubernetesClient client;
  private StatusWriter<FeaturePipelineStatus, FeaturePipeline> writer;

  @BeforeEach
  void start() throws IOException {
    server = new StatusServer((ObjectNode) new ObjectMapper().readTree(PIPELINE));
    client = new KubernetesClientBuilder().withConfig(server.config()).build();
    var runtime =
        new OperatorRuntime(
            client,
            OperatorConfig.DEFAULT,
            TestCatalogue.connections(),
            Clock.systemUTC(),
            null,
            null,
            null,
            null,
            null);
    writer =
        new StatusWriter<>(
            runtime,
            FeaturePipeline::new,
            StatusWrites::worthWriting,
            FeaturePipelineStatus::getObservedGeneration);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aGenerationIsObserved() {
    assertThat(writer.write(cached(), observing(5), NOW)).isTrue();
    assertThat(server.observedGeneration()).isEqualTo(5);
  }

  @Test
  void aDeletionBeforeTheWriteFreezesTheObservedGeneration() {
    FeaturePipeline seen = cached();
    server.delete();

    assertThat(writer.write(seen, observing(5), NOW)).isFalse();
    assertThat(server.observedGeneration()).isEqualTo(4);
  }

  @Test
  void aDeletionDuringTheWriteFreezesTheObservedGeneration() {
    FeaturePipeline seen = cached();
    server.beforeNextWrite(server::delete);

    assertThat(writer.write(seen, observing(5), NOW)).isFalse();
    assertThat(server.observedGeneration()).isEqualTo(4);
    assertThat(writer.previous(cached()).getObservedGeneration()).isEqualTo(4);
  }

  @Test
  void somebodyElsesEditDelaysTheWriteOnly() {
    FeaturePipeline seen = cached();
    server.beforeNextWrite(server::edit);
    server.beforeNextWrite(server::edit);

    assertThat(writer.write(seen, observing(5), NOW)).isTrue();
    assertThat(server.observedGeneration()).isEqualTo(5);
  }

  @Test
  void whoeverEditsWithoutEndIsLeftForTheNextReconcile() {
    for (int i = 0; i < 100; i++) {
      server.beforeNextWrite(server::edit);
    }

    assertThatThrownBy(() -> writer.write(cached(), observing(5), NOW))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(server.methods).hasSizeLessThan(30);
  }

  @Test
  void theStatusOfADeletionIsWrittenWithoutAnotherLook() {
    server.delete();
    FeaturePipelineStatus next = observing(4);
    next.setConditions(List.of(deleting()));

    assertThat(writer.write(cached(), next, NOW)).isTrue();
    assertThat(server.methods).containsExactly("PATCH");
  }

  private FeaturePipeline cached() {
    return client.getKubernetesSerialization().convertValue(server.stored, FeaturePipeline.class);
  }

  private static FeaturePipelineStatus observing(long generation) {
    var status = new FeaturePipelineStatus();
    status.setObservedGeneration(generation);
    return status;
  }

  private static Condition deleting() {
    var condition = new Condition();
    condition.setType("Ready");
    condition.setStatus("False");
    condition.setReason("Deleting");
    return condition;
  }
}
