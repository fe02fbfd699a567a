package dev.millrace.e2e.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.e2e.cluster.OperatorOptions;
import dev.millrace.e2e.cluster.OperatorProcess;
import dev.millrace.e2e.cluster.QuickClusterExtension;
import dev.millrace.e2e.cluster.Tenant;
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

  @RegisterExtension static final QuickClusterExtension QUICK = QuickClusterExtension.shared();

  private List<OperatorProcess> replicas = List.of();
  private Tenant tenant;

  @AfterEach
  void endReplicas() {
    replicas.forEach(OperatorProcess::close);
  }

  @Test
  void theOtherReplicaTakesOverWhenTheLeaderIsKilled() throws IOException {
    tenant = QUICK.cluster().tenant();
    replicas =
        List.of(
            QUICK.cluster().startOperator(OperatorOptions.REPLICA).awaitReady(),
            QUICK.cluster().startOperator(OperatorOptions.REPLICA).awaitReady());
    Awaitility.await("one leader")
        .atMost(Duration.ofSeconds(60))
        .until(() -> replicas.stream().filter(LeaderKilledIT::leads).count() == 1);
    apply("first");
    awaitObserved("first", 1);

    OperatorProcess leader = replicas.stream().filter(LeaderKilledIT::leads).findFirst().get();
    OperatorProcess other = replicas.get(1 - replicas.indexOf(leader));
    long mark = QUICK.cluster().controlPlane().audit().mark();
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

  private long statusWritesOf(String pipeline, long mark) {
    return QUICK.cluster().controlPlane().audit().since(mark).stream()
        .filter(AuditEntry::isWrite)
        .filter(entry -> entry.name().equals(pipeline))
        .filter(entry -> entry.namespace().equals(tenant.namespace()))
        .count();
  }

  private void apply(String name) throws IOException {
    KubernetesClient client = QUICK.cluster().client();
    FeaturePipeline pipeline =
        client
            .getKubernetesSerialization()
            .unmarshal(Files.readString(PIPELINE), FeaturePipeline.class);
    pipeline.getMetadata().setName(name);
    pipeline.getMetadata().setNamespace(tenant.namespace());
    pipeline.getSpec().getSource().getTopic().setName(name + ".tx");
    client.resource(pipeline).create();
  }

  private void awaitObserved(String name, long generation) {
    Awaitility.await(name + " is looked at")
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> {
              FeaturePipeline pipeline =
                  QUICK
                      .cluster()
                      .client()
                      .resources(FeaturePipeline.class)
                      .inNamespace(tenant.namespace())
                      .withName(name)
                      .get();
              return pipeline.getStatus() != null
                  && Long.valueOf(generation).equals(pipeline.getStatus().getObservedGeneration())
                  && pipeline.getStatus().getConditions().get(0).getReason().equals("Suspended");
            });
  }
}
