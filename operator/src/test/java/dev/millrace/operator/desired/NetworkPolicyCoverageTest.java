package dev.millrace.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every pod of every golden case is selected by a policy that denies both ways by default, and by
 * one only: what a second policy allows, it allows as well (reliability.md §3.5).
 */
class NetworkPolicyCoverageTest {
  static Stream<Path> cases() throws IOException {
    return GoldenFoldersTest.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyPodIsSelectedByOnePolicyThatDeniesBothWays(Path folder) throws IOException {
    List<HasMetadata> objects = objects(folder);
    List<NetworkPolicy> policies = only(objects, NetworkPolicy.class);
    List<Map<String, String>> pods = objects.stream().flatMap(this::pods).toList();

    assertThat(pods).isNotEmpty();
    for (Map<String, String> labels : pods) {
      assertThat(policies.stream().filter(policy -> selects(policy, labels)))
          .as("policies of a pod with %s", labels)
          .singleElement()
          .satisfies(
              policy ->
                  assertThat(policy.getSpec().getPolicyTypes())
                      .containsExactlyInAnyOrder("Ingress", "Egress"));
    }
  }

  private Stream<Map<String, String>> pods(HasMetadata object) {
    if (object instanceof Job job) {
      return Stream.of(job.getSpec().getTemplate().getMetadata().getLabels());
    }
    if (object instanceof CronJob cron) {
      var job = cron.getSpec().getJobTemplate().getSpec();
      return Stream.of(job.getTemplate().getMetadata().getLabels());
    }
    if (object instanceof StatefulSet set) {
      return Stream.of(set.getSpec().getTemplate().getMetadata().getLabels());
    }
    if (object instanceof ConfigMap map && map.getData().containsKey("executor.yaml")) {
      Pod executor = Serialization.unmarshal(map.getData().get("executor.yaml"), Pod.class);
      return Stream.of(executor.getMetadata().getLabels());
    }
    if (object instanceof GenericKubernetesResource flink
        && flink.getKind().equals("FlinkDeployment")) {
      Map<String, String> labels = flink.get("spec", "podTemplate", "metadata", "labels");
      return Stream.of(labels);
    }
    return Stream.of();
  }

  private static boolean selects(NetworkPolicy policy, Map<String, String> labels) {
    var selector = policy.getSpec().getPodSelector();
    return labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
        && selector.getMatchExpressions().stream()
            .allMatch(
                expression -> {
                  assertThat(expression.getOperator()).isEqualTo("In");
                  return expression.getValues().contains(labels.get(expression.getKey()));
                });
  }

  private static <T> List<T> only(List<HasMetadata> objects, Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<HasMetadata> objects(Path folder) throws IOException {
    var objects = new ArrayList<HasMetadata>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().matches(".*/out-.*\\.yaml")).toList()) {
        objects.add(Serialization.unmarshal(Files.readString(file)));
      }
    }
    return objects;
  }
}
