package dev.millrace.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesSchemaTest {
  @Test
  void everyObjectIsClosedAndEveryValueDescribed() throws IOException {
    for (ValuesSchema.Entry entry : ValuesSchema.read().entries()) {
      JsonNode schema = entry.schema();
      assertThat(schema.path("description").asText()).as(entry.path()).isNotEmpty();
      if (schema.path("type").asText().equals("object") && !schema.has("$comment")) {
        assertThat(schema.path("additionalProperties").asText("open"))
            .as("%s is closed, or a map to texts", entry.path())
            .isIn("false", "");
      }
    }
  }

  @Test
  void onlyTypesOfKubernetesAreOpen() throws IOException {
    assertThat(ValuesSchema.read().entries())
        .filteredOn(entry -> entry.schema().has("$comment"))
        .extracting(ValuesSchema.Entry::path)
        .containsExactly(
            "affinity.nodeAffinity",
            "affinity.podAffinity",
            "affinity.podAntiAffinity",
            "topologySpreadConstraints[]",
            "global");
  }

  @Test
  void everyValueHasADefaultAndEveryDefaultIsInTheSchema() throws IOException {
    JsonNode defaults =
        MillraceChart.YAML.readTree(MillraceChart.FOLDER.resolve("values.yaml").toFile());
    var missing = new ArrayList<String>();
    compare("", ValuesSchema.read().root(), defaults, missing);

    assertThat(missing)
        .containsExactlyInAnyOrder(
            "global", "affinity.nodeAffinity", "affinity.podAffinity", "affinity.podAntiAffinity");
  }

  private static void compare(
      String path, JsonNode schema, JsonNode defaults, List<String> missing) {
    for (var property : schema.path("properties").properties()) {
      String child = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
      if (defaults.has(property.getKey())) {
        compare(child, property.getValue(), defaults.get(property.getKey()), missing);
      } else {
        missing.add(child);
      }
    }
  }

  static Stream<String> closedObjects() throws IOException {
    return ValuesSchema.read().entries().stream()
        .filter(entry -> entry.schema().path("additionalProperties").isBoolean())
        .map(ValuesSchema.Entry::path);
  }

  @ParameterizedTest
  @MethodSource("closedObjects")
  void aTypoIsRefusedInEveryObject(String path) throws IOException {
    ObjectNode values = MillraceChart.YAML.createObjectNode();
    ObjectNode place = values;
    for (String step : path.split("\\.")) {
      place = step.endsWith("[]") ? element(place, step) : place.putObject(step);
    }
    place.put("tpyo", "x");

    assertThatThrownBy(() -> MillraceChart.render(MillraceChart.YAML.writeValueAsString(values)))
        .hasMessageContaining("tpyo");
  }

  private static ObjectNode element(ObjectNode place, String step) {
    ArrayNode list = place.putArray(step.substring(0, step.length() - 2));
    return list.addObject();
  }

  @Test
  void aTypoIsRefusedAtTheTop() {
    assertThatThrownBy(() -> MillraceChart.render("watchNamespace: [fraud]"))
        .hasMessageContaining("watchNamespace");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replicas: two",
        "watchNamespaces: fraud",
        "tenants: [Fraud]",
        "tenants: [fraud, fraud]",
        "tenants: ['*']",
        "logLevel: LOUD",
        "image: {digest: 'sha256:abc'}",
        "metrics: {port: 80}",
        "connections: {redis: [{name: a, host: b, password: hunter2}]}",
        "connections: {redis: [{name: a, host: b, port: 70000}]}",
        "connections: {kafka: [{name: a, cluster: b, namespace: c}]}",
        "connections: {kafka: [{name: a, cluster: b, namespace: c, bootstrapServers: nowhere}]}",
        "connections: {registry: [{name: a, url: 'https://user:secret@registry'}]}",
        "connections: {storage: [{name: a, location: '/data'}]}",
        "podSecurityContext: {runAsUser: 0}",
        "networkPolicy: {apiServerCidrs: [10.0.0.1]}",
        "serviceMonitor: {interval: often}",
      })
  void aValueThatDoesNotFitIsRefused(String values) {
    assertThatThrownBy(() -> MillraceChart.render(values))
        .hasMessageContaining("values don't meet the specifications of the schema");
  }
}
