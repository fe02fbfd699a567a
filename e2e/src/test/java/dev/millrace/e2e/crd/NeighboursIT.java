package dev.millrace.e2e.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.millrace.e2e.cluster.Answer;
import dev.millrace.e2e.cluster.ClusterExtension;
import dev.millrace.e2e.cluster.Requests;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The resource types next door are those of neighbours.md §1 and §2. */
class NeighboursIT {
  @RegisterExtension static final ClusterExtension CLUSTER = new ClusterExtension();

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1beta2"})
  void servesTopicsInBothVersions(String version) throws IOException {
    Answer created =
        post(
            "kafka.strimzi.io/" + version,
            "kafkatopics",
            """
            kind: KafkaTopic
            metadata: {name: payments, labels: {strimzi.io/cluster: main}}
            spec: {topicName: fraud.payments.tx, partitions: 12, config: {retention.ms: 1}}
            """);

    assertThat(created.accepted().at("/spec/config/retention.ms").asInt()).isEqualTo(1);
  }

  @Test
  void refusesATopicWithoutPartitions() throws IOException {
    Answer refused =
        post(
            "kafka.strimzi.io/v1",
            "kafkatopics",
            "{kind: KafkaTopic, metadata: {name: none}, spec: {partitions: 0}}");

    assertThat(Refusals.of(refused))
        .containsExactly(
            "spec.partitions: Invalid value: 0: spec.partitions in body should be greater than or"
                + " equal to 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1_20", "v2_2"})
  void servesDeploymentsOfThisFlink(String flink) throws IOException {
    String text = "{kind: FlinkDeployment, metadata: {name: job}, spec: {flinkVersion: %s}}";

    post("flink.apache.org/v1beta1", "flinkdeployments", text.formatted(flink)).accepted();
  }

  private static Answer post(String apiVersion, String plural, String yaml) throws IOException {
    var object = (ObjectNode) new YAMLMapper().readTree(yaml);
    object.put("apiVersion", apiVersion);
    String folder = "/apis/%s/namespaces/%s/%s".formatted(apiVersion, CLUSTER.namespace(), plural);
    return new Requests(CLUSTER.client()).post(folder + "?fieldValidation=Strict", object);
  }
}
