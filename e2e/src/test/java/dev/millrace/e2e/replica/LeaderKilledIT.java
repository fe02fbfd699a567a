package dev.millrace.e2e.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.platform.OperatorOptions;
import dev.millrace.e2e.platform.OperatorProcess;
import dev.millrace.e2e.platform.PlatformExtension;
import dev.millrace.local.controlplane.AuditEntry;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two replicas: one acts, and when it is killed the other takes over what it left. */
class LeaderKilledIT {
  private static final Path PIPELINE =
      Path.of("src", "test", "scenarios", "created-suspended", "pipeline.yaml");

  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private List<OperatorProcess> replicas = List.of();

  @AfterEach
  void endReplicas() {
    replicas.forEach(OperatorProcess::close);
  }

  @Test
  void theOtherReplicaTakesOverWhenTheLeaderIsKilled() throws IOException {
    PLATFORM.stopOperator();
    replicas =
        List.of(
            PLATFORM.platform().startOperator(OperatorOptions.REPLICA).awaitReady(),
            PLATFORM.platform().startOperator(OperatorOptions.REPLICA).awaitReady());
    Awaitility.await("one leader")
        .atMost(Duration.ofSeconds(60))
        .until(() -> replicas.stream().filter(LeaderKilledIT::leads).count() == 1);
    apply("first");
    awaitObserved("first", 1);

    OperatorProcess leader = replicas.stream().filter(LeaderKilledIT::leads).findFirst().get();
    OperatorProcess other = replicas.get(1 - replicas.indexOf(leader));
    long mark = PLATFORM.platform().controlPlane().audit().mark();
    assertThat(leads(other)).isFalse();
    leader.kill();
    apply("second");

    awaitObserved("second", 1);
    assertThat(leads(other)).isTrue();
    assertThat(statusWritesOf("first", mark))
        .as("the successor finds the settled pipeline as it should be")
        .isZero();
  }

  private static boolean leads(OperatorProcess replica) {
    return replica.isAlive()
        && replica
            .metrics()
            .lines()
            .anyMatch(line -> line.matches("millrace_leader(\\{.*})? 1(\\.0)?"));
  }

  private static long statusWritesOf(String pipeline, long mark) {
    return PLATFORM.platform().controlPlane().audit().since(mark).stream()
        .filter(AuditEntry::isWrite)
        .filter(entry -> entry.name().equals(pipeline))
        .filter(entry -> entry.namespace().equals(PLATFORM.namespace()))
        .count();
  }

  private void apply(String name) throws IOException {
    KubernetesClient client = PLATFORM.platform().client();
    FeaturePipeline pipeline =
        client
            .getKubernetesSerialization()
            .unmarshal(Files.readString(PIPELINE), FeaturePipeline.class);
    pipeline.getMetadata().setName(name);
    pipeline.getMetadata().setNamespace(PLATFORM.namespace());
    pipeline.getSpec().getSource().getTopic().setName(name + ".tx");
    client.resource(pipeline).create();
  }

  private void awaitObserved(String name, long generation) {
    Awaitility.await(name + " is looked at")
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> {
              FeaturePipeline pipeline =
                  PLATFORM
                      .platform()
                      .client()
                      .resources(FeaturePipeline.class)
                      .inNamespace(PLATFORM.namespace())
                      .withName(name)
                      .get();
              return pipeline.getStatus() != null
                  && Long.valueOf(generation).equals(pipeline.getStatus().getObservedGeneration())
                  && pipeline.getStatus().getConditions().get(0).getReason().equals("Suspended");
            });
  }
}
