package dev.millrace.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code millrace up} has no Helm: it gives the operator on a laptop the rights that lie beside it.
 * They are the chart's, labels and people's roles aside.
 */
class LocalRightsTest {
  private static final Path SHIPPED =
      MillraceChart.ROOT.resolve("pipeline-runtime/local/src/main/resources/millrace/rights.yaml");
  private static final Path RENDERED = MillraceChart.FOLDER.resolve("target/rights.yaml");
  private static final String VALUES =
      """
      tenants: [a-tenant]
      uninstall: {releaseFinalizers: false}
      connections:
        kafka: [{name: default, cluster: local, namespace: kafka, bootstrapServers: "kafka:9092"}]
      """;

  @Test
  void areTheChartsOwn() throws IOException {
    List<JsonNode> rights =
        MillraceChart.ofKind(
                MillraceChart.render(VALUES),
                "ServiceAccount",
                "Role",
                "RoleBinding",
                "ClusterRole",
                "ClusterRoleBinding")
            .stream()
            .filter(LocalRightsTest::isNoRoleOfPeople)
            .map(LocalRightsTest::withoutLabels)
            .toList();
    Files.createDirectories(RENDERED.getParent());
    Files.writeString(RENDERED, text(rights));

    assertThat(documents(SHIPPED))
        .as("%s shows what %s must hold", RENDERED, SHIPPED)
        .containsExactlyElementsOf(rights);
  }

  private static boolean isNoRoleOfPeople(JsonNode object) {
    return !object.at("/metadata/name").asText().matches(".*-(view|edit|admin)");
  }

  private static JsonNode withoutLabels(JsonNode object) {
    ObjectNode copy = object.deepCopy();
    copy.withObject("/metadata").remove("labels");
    return copy;
  }

  private static String text(List<JsonNode> objects) throws IOException {
    var text = new StringBuilder();
    for (JsonNode object : objects) {
      text.append(MillraceChart.YAML.writeValueAsString(object));
    }
    return text.toString();
  }

  private static List<JsonNode> documents(Path file) throws IOException {
    try (var documents =
        MillraceChart.YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return documents.readAll();
    }
  }
}
