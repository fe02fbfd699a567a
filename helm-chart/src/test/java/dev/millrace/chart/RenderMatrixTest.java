package dev.millrace.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RenderMatrixTest {
  private static final List<String> CLUSTER_SCOPED =
      List.of("ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition");

  @Test
  void lintIsContent() {
    var result = new Helm(MillraceChart.FOLDER).lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dev.millrace.chart.MillraceChart#matrix")
  void everyObjectIsComplete(String file) {
    List<JsonNode> objects = MillraceChart.renderFile(file);

    assertThat(objects).isNotEmpty();
    for (JsonNode object : objects) {
      String kind = object.path("kind").asText();
      assertThat(object.path("apiVersion").asText()).as(kind).isNotEmpty();
      assertThat(object.at("/metadata/name").asText()).as(kind).isNotEmpty();
      assertThat(object.at("/metadata/namespace").isMissingNode())
          .as("%s has a namespace exactly if it belongs to one", kind)
          .isEqualTo(CLUSTER_SCOPED.contains(kind));
      JsonNode labels = object.at("/metadata/labels");
      assertThat(labels.path("app.kubernetes.io/name").asText()).isEqualTo("millrace");
      assertThat(labels.path("app.kubernetes.io/instance").asText()).isEqualTo("millrace");
      assertThat(labels.path("app.kubernetes.io/part-of").asText()).isEqualTo("millrace");
      assertThat(labels.path("app.kubernetes.io/managed-by").asText()).isEqualTo("Helm");
      assertThat(labels.path("helm.sh/chart").asText()).startsWith("millrace-");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.millrace.chart.MillraceChart#matrix")
  void noObjectOccursTwice(String file) {
    assertThat(MillraceChart.renderFile(file))
        .extracting(
            object ->
                object.path("kind").asText()
                    + " "
                    + object.at("/metadata/namespace").asText()
                    + "/"
                    + object.at("/metadata/name").asText())
        .doesNotHaveDuplicates();
  }

  @Test
  void switchesTurnOffWhatTheyName() {
    List<JsonNode> objects = MillraceChart.renderFile("least-values.yaml");

    assertThat(objects)
        .extracting(object -> object.path("kind").asText())
        .containsExactlyInAnyOrder("ConfigMap", "Service", "Deployment");
    assertThat(podOf(objects).path("serviceAccountName").asText()).isEqualTo("provided");
  }

  @Test
  void theImageIsPinnedByDigestIfThereIsOne() {
    String image =
        podOf(MillraceChart.renderFile("ha-values.yaml")).at("/containers/0/image").asText();

    assertThat(image).isEqualTo("millrace/operator@sha256:" + "0".repeat(64));
  }

  @Test
  void podsStartAnewWhenTheConfigurationChanges() {
    assertThat(checksum("historyLimit: 4"))
        .isNotEqualTo(checksum("historyLimit: 5"))
        .isEqualTo(checksum("historyLimit: 4"));
  }

  @Test
  void aSecondConnectionOfOneNameIsRefused() {
    assertThatThrownBy(
            () ->
                MillraceChart.render(
                    """
                    connections:
                      redis: [{name: a, host: one}, {name: a, host: two}]
                    """))
        .hasMessageContaining("connections.redis: \"a\" is registered twice; rename one");
  }

  @Test
  void aTenantThatIsNotWatchedIsRefused() {
    assertThatThrownBy(() -> MillraceChart.render("{watchNamespaces: [ads], tenants: [fraud]}"))
        .hasMessageContaining("tenants: \"fraud\" is not watched; add it to watchNamespaces");
  }

  private static JsonNode podOf(List<JsonNode> objects) {
    return MillraceChart.only(objects, "Deployment", "millrace").at("/spec/template/spec");
  }

  private static String checksum(String values) {
    return MillraceChart.only(MillraceChart.render(values), "Deployment", "millrace")
        .at("/spec/template/metadata/annotations/checksum~1config")
        .asText();
  }
}
