package dev.millrace.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Violation;
import dev.millrace.operator.TestCatalogue;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionCatalogueTest {
  @Test
  void readsAllKindsWithDefaults() {
    ConnectionCatalogue catalogue = TestCatalogue.connections();

    assertThat(catalogue.kafka().get(0).prefixFor("fraud")).isEqualTo("fraud.");
    assertThat(catalogue.redis().get(0).port()).isEqualTo(6379);
    assertThat(catalogue.storage().get(0).namespaces()).containsExactly("*");
  }

  @Test
  void hidesConnectionsOfOtherNamespaces() {
    List<Connection.Kafka> kafka = TestCatalogue.connections().kafka();

    assertThat(ConnectionCatalogue.names(kafka, "fraud")).containsExactly("default");
    assertThat(ConnectionCatalogue.find(kafka, "elsewhere", "fraud")).isEmpty();
    assertThat(ConnectionCatalogue.find(kafka, "elsewhere", "ads")).isPresent();
  }

  @Test
  void reportsAllMistakesAtOnceAndEchoesNoUnknownValue() {
    var result =
        ConnectionCatalogue.parse(
            """
            connections:
              kafka:
              - {name: default, cluster: main, namespace: kafka, bootstrapServers: "nowhere"}
              - {name: default, cluster: main, namespace: kafka, bootstrapServers: "a:1"}
              redis:
              - {name: A_b, host: redis, port: 70000, password: hunter2}
              storage: {name: default}
            other: 1
            """);

    assertThat(result).isInstanceOf(ConfigResult.Refused.class);
    var violations = ((ConfigResult.Refused<?>) result).violations();
    assertThat(violations)
        .extracting(Violation::toString)
        .containsExactly(
            "connections.kafka[0].bootstrapServers: Invalid value: \"nowhere\" does not fit; use"
                + " for example main-kafka-bootstrap.kafka:9093",
            "connections.kafka[1].name: Duplicate value: \"default\" is already registered; rename"
                + " one",
            "connections.redis[0].name: Invalid value: \"A_b\" does not fit; use for example"
                + " default",
            "connections.redis[0].password: Forbidden: is not a known key; remove it",
            "connections.redis[0].port: Invalid value: must be a number from 1 to 65535, got"
                + " \"70000\"; correct it",
            "connections.storage: Invalid value: must be a list; write each entry as - name: …",
            "other: Forbidden: is not a known key; remove it");
  }

  @Test
  void refusesStoresOnWhichAReaderCouldSeeHalfAReplacedFile() {
    var result =
        ConnectionCatalogue.parse(
            "connections: {storage: [{name: default, location: \"hdfs://lake/features\"}]}");

    assertThat(result).isInstanceOf(ConfigResult.Refused.class);
    assertThat(((ConfigResult.Refused<?>) result).violations())
        .extracting(Violation::toString)
        .containsExactly(
            "connections.storage[0].location: Invalid value: \"hdfs://lake/features\" does not fit;"
                + " use for example s3a://features");
  }

  @Test
  void refusesWhatIsNotYaml() {
    assertThat(ConnectionCatalogue.parse("connections: ["))
        .isInstanceOf(ConfigResult.Refused.class);
  }

  @Test
  void operatorConfigurationHasADefaultForEverything() {
    assertThat(OperatorConfig.parse(""))
        .isEqualTo(new ConfigResult.Accepted<>(OperatorConfig.DEFAULT));
    assertThat(OperatorConfig.parse("limits: {exactPanes: 0}\nimages: {flnk: x}"))
        .isInstanceOf(ConfigResult.Refused.class);
  }
}
