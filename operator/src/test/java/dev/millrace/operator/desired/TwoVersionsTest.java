package dev.millrace.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.TestPlans;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.PipelinePlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Two versions that keep their data in two places run beside each other (reliability.md §2, L16).
 */
class TwoVersionsTest {
  private static final PipelinePlan REGISTERED = plan(3, "default", "{connection: default}");
  private static final PipelinePlan SMALL =
      plan(4, "default", "{managed: {memory: 256Mi, storage: 1Gi}}");
  private static final PipelinePlan LARGE =
      plan(5, "default", "{managed: {memory: 512Mi, storage: 1Gi}}");
  private static final PipelinePlan ELSEWHERE = plan(6, "elsewhere", "{connection: default}");

  @Test
  void jobsReachTheStoresOfBothVersions() {
    for (var versions : List.of(List.of(REGISTERED, SMALL), List.of(LARGE, ELSEWHERE))) {
      List<NetworkPolicyEgressRule> both = egress(versions);

      for (PipelinePlan version : versions) {
        assertThat(both).containsAll(egress(List.of(version)));
      }
      assertThat(both).doesNotHaveDuplicates();
    }
  }

  @Test
  void oneVersionMoreChangesNothingIfItHasTheSamePlaces() {
    PipelinePlan next = plan(4, "default", "{connection: default}");

    assertThat(PipelineObjects.store(List.of(REGISTERED, next), OperatorConfig.DEFAULT))
        .isEqualTo(PipelineObjects.store(REGISTERED, OperatorConfig.DEFAULT));
  }

  @Test
  void everySharedObjectIsWantedOnce() {
    List<HasMetadata> objects =
        PipelineObjects.store(List.of(SMALL, LARGE), OperatorConfig.DEFAULT);

    assertThat(objects)
        .extracting(object -> object.getKind() + " " + object.getMetadata().getName())
        .containsExactly(
            "NetworkPolicy card-fraud-redis",
            "Service card-fraud-redis",
            "StatefulSet card-fraud-redis",
            "NetworkPolicy card-fraud-stream");
  }

  @Test
  void theNewestVersionSaysHowLargeTheStoreIs() {
    assertThat(memory(List.of(SMALL, LARGE))).isEqualTo(new Quantity("512Mi"));
    assertThat(memory(List.of(SMALL, ELSEWHERE))).isEqualTo(new Quantity("256Mi"));
  }

  @Test
  void topicsOfBothClustersStay() {
    assertThat(PipelineObjects.topics(List.of(REGISTERED, SMALL))).isEqualTo(KafkaTopics.of(SMALL));
    assertThat(PipelineObjects.topics(List.of(REGISTERED, ELSEWHERE)))
        .containsAll(KafkaTopics.of(REGISTERED))
        .containsAll(KafkaTopics.of(ELSEWHERE));
  }

  private static List<NetworkPolicyEgressRule> egress(List<PipelinePlan> plans) {
    return PipelineObjects.store(plans, OperatorConfig.DEFAULT).stream()
        .filter(object -> object.getMetadata().getName().equals("card-fraud-stream"))
        .map(NetworkPolicy.class::cast)
        .findFirst()
        .orElseThrow()
        .getSpec()
        .getEgress();
  }

  private static Quantity memory(List<PipelinePlan> plans) {
    return PipelineObjects.store(plans, OperatorConfig.DEFAULT).stream()
        .filter(StatefulSet.class::isInstance)
        .map(StatefulSet.class::cast)
        .findFirst()
        .orElseThrow()
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0)
        .getResources()
        .getLimits()
        .get("memory");
  }

  private static PipelinePlan plan(int version, String kafka, String online) {
    return TestPlans.of(
        """
        apiVersion: millrace.dev/v1alpha1
        kind: FeaturePipeline
        metadata: {name: card-fraud, namespace: ads, uid: uid-1}
        spec:
          version: %d
          source:
            connection: %s
            topic: {name: payments.tx}
            eventId: tx_id
            eventTime: {field: ts}
            schema:
            - {name: tx_id, type: String}
            - {name: card_id, type: String}
            - {name: ts, type: Timestamp}
          entities:
          - name: card
            keys: [card_id]
            features:
            - {name: tx_count, aggregation: Count, windows: [5m]}
          online: %s
        """
            .formatted(version, kafka, online));
  }
}
