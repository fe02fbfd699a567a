package dev.millrace.local.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A FlinkDeployment as a child JVM: started from its objects, restarted, stopped, refused. */
class FlinkOperatorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path data;
  private final ClusterObjects objects = new ClusterObjects();
  private Path starts;

  @BeforeEach
  void prepare() throws IOException {
    starts = Files.createDirectories(data.resolve("starts"));
  }

  @Test
  void goesOnFromTheNewestCheckpointAfterAKillAndFromTheSavepointAfterAStop() throws Exception {
    apply("count");
    var operator = new FlinkOperator(data, objects, 0);
    try (var cluster = operator.deploy(deployment())) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(checkpoints()).isPositive());
      cluster.kill();
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(firstNumbers()).hasSize(2));
      assertThat(firstNumbers()).anyMatch(first -> first > 0);
      assertThat(cluster.restarts()).isEqualTo(1);
      await().atMost(PATIENCE).until(() -> cluster.rest().orElseThrow().isRunning());
      assertThat(cluster.stopWithSavepoint()).contains("savepoint");
    }
    try (var again = operator.deploy(deployment())) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(firstNumbers()).hasSize(3));
      assertThat(firstNumbers()).filteredOn(first -> first > 0).hasSize(2);
      assertThat(again.failure()).isEmpty();
    }
  }

  @Test
  void keepsTheCauseOfAJobThatRefusesToStart() throws Exception {
    apply("refused");
    try (var cluster = new FlinkOperator(data, objects, 0).deploy(deployment())) {
      await().atMost(PATIENCE).until(() -> !cluster.failure().isEmpty());
      assertThat(cluster.failure()).isEqualTo("MR/DefinitionRefused: not with me");
      assertThat(cluster.restarts()).isZero();
    }
  }

  private void apply(String content) {
    objects.apply(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("counting-definition")
            .endMetadata()
            .addToData("pipeline.json", content)
            .build());
  }

  private GenericKubernetesResource deployment() {
    return Serialization.unmarshal(
        """
        apiVersion: flink.apache.org/v1beta1
        kind: FlinkDeployment
        metadata: {name: counting-v1, namespace: shop}
        spec:
          flinkVersion: v2_2
          flinkConfiguration:
            high-availability.type: kubernetes
            execution.checkpointing.interval: 300ms
            execution.checkpointing.dir: "%1$s/checkpoints"
            execution.checkpointing.savepoint-dir: "%1$s/savepoints"
          job:
            entryClass: dev.millrace.local.actor.CountingJob
            args: ["/etc/millrace/pipeline.json", "%2$s"]
            parallelism: 1
          podTemplate:
            spec:
              volumes: [{name: definition, configMap: {name: counting-definition}}]
              containers:
              - name: flink-main-container
                volumeMounts: [{name: definition, mountPath: /etc/millrace}]
        """
            .formatted(data.toUri().toString().replaceAll("/$", ""), starts.toUri()),
        GenericKubernetesResource.class);
  }

  private long checkpoints() throws IOException {
    Path folder = data.resolve("checkpoints");
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("_metadata")).count();
    }
  }

  private List<Long> firstNumbers() throws IOException {
    try (Stream<Path> files = Files.list(starts)) {
      return files.map(FlinkOperatorIT::number).filter(number -> number >= 0).toList();
    }
  }

  private static Long number(Path file) {
    try {
      String text = Files.readString(file);
      return text.isEmpty() ? -1L : Long.parseLong(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
