package dev.millrace.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.operator.config.ConfigResult;
import dev.millrace.operator.config.Connection;
import dev.millrace.operator.config.ConnectionCatalogue;
import dev.millrace.operator.config.NetworkPeers;
import dev.millrace.operator.config.OperatorConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files that the operator mounts, read by the operator's own parsers. */
class OperatorFilesTest {
  @ParameterizedTest
  @MethodSource("dev.millrace.chart.MillraceChart#matrix")
  void theOperatorReadsBothFiles(String file) {
    List<JsonNode> objects = MillraceChart.renderFile(file);

    assertThat(OperatorConfig.parse(text(objects, "operator.yaml")))
        .isInstanceOf(ConfigResult.Accepted.class);
    assertThat(ConnectionCatalogue.parse(text(objects, "connections.yaml")))
        .isInstanceOf(ConfigResult.Accepted.class);
  }

  @Test
  void theChartsDefaultsAreTheOperators() {
    OperatorConfig config = config("{}");

    assertThat(config)
        .usingRecursiveComparison()
        .ignoringFields("process.leaderNamespace")
        .isEqualTo(OperatorConfig.DEFAULT);
    assertThat(config.process().leaderNamespace()).isEqualTo(MillraceChart.NAMESPACE);
  }

  @Test
  void everyValueArrives() {
    OperatorConfig config =
        config(
            """
            watchNamespaces: [fraud]
            metrics: {port: 9090}
            historyLimit: 7
            limits: {exactPanes: 1000000}
            jobImages: {spark: "registry.example:5000/spark@sha256:abc"}
            networkPolicy: {flinkOperator: {namespace: flink}, monitoring: {namespace: prometheus}}
            process: {resyncSeconds: 3, jobRest: "http://127.0.0.1:8000/<namespace>/<deployment>"}
            """);

    assertThat(config.process().watchNamespaces()).containsExactly("fraud");
    assertThat(config.process().httpPort()).isEqualTo(9090);
    assertThat(config.process().resync()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.process().jobRest("fraud", "job"))
        .isEqualTo("http://127.0.0.1:8000/fraud/job");
    assertThat(config.historyLimit()).isEqualTo(7);
    assertThat(config.limits().exactPanes()).isEqualTo(1_000_000);
    assertThat(config.images().spark()).isEqualTo("registry.example:5000/spark@sha256:abc");
    assertThat(config.peers())
        .isEqualTo(new NetworkPeers(MillraceChart.NAMESPACE, "flink", "prometheus"));
  }

  @Test
  void everyConnectionArrives() {
    ConnectionCatalogue catalogue =
        accepted(
            ConnectionCatalogue.parse(
                text(MillraceChart.renderFile("full-values.yaml"), "connections.yaml")));

    assertThat(catalogue.kafka().get(0))
        .isEqualTo(
            new Connection.Kafka(
                "default",
                "main",
                "kafka",
                "main-kafka-bootstrap.kafka:9093,other.kafka:9093",
                "kafka-client",
                "<namespace>.",
                List.of("10.0.0.0/8"),
                List.of("*")));
    assertThat(catalogue.redis())
        .containsExactly(
            new Connection.Redis(
                "default", "redis.data", 6380, true, "redis-default", List.of(), List.of("fraud")));
    assertThat(catalogue.registry()).hasSize(1);
    assertThat(catalogue.storage().get(0).endpoint()).isEqualTo("https://s3.data:9000");
  }

  @ParameterizedTest
  @MethodSource("dev.millrace.chart.MillraceChart#matrix")
  void thePodsMountTheFilesWhereTheirArgumentSays(String file) {
    JsonNode pod =
        MillraceChart.only(MillraceChart.renderFile(file), "Deployment", "millrace")
            .at("/spec/template/spec");
    JsonNode container = pod.at("/containers/0");

    assertThat(container.at("/args/0").asText())
        .isEqualTo(container.at("/volumeMounts/0/mountPath").asText());
    assertThat(pod.at("/volumes/0/configMap/name").asText()).isEqualTo("millrace");
    assertThat(container.at("/ports/0/name").asText()).isEqualTo("http");
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/healthz");
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
  }

  private static OperatorConfig config(String values) {
    return accepted(OperatorConfig.parse(text(MillraceChart.render(values), "operator.yaml")));
  }

  private static String text(List<JsonNode> objects, String file) {
    return MillraceChart.only(objects, "ConfigMap", "millrace").path("data").path(file).asText();
  }

  private static <T> T accepted(ConfigResult<T> result) {
    assertThat(result).isInstanceOf(ConfigResult.Accepted.class);
    return ((ConfigResult.Accepted<T>) result).value();
  }
}
