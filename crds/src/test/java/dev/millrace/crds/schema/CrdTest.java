package dev.millrace.crds.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.crds.admission.CustomResourceKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names, columns and the first status of both CRDs (api.md §1, §2; experience.md §2). */
class CrdTest {
  @Test
  void isListedUnderItsNames() {
    assertThat(names(CustomResourceKind.FEATURE_PIPELINE))
        .isEqualTo("featurepipelines featurepipeline FeaturePipeline [\"fp\"] [\"millrace\"]");
    assertThat(names(CustomResourceKind.LABEL_WINDOW))
        .isEqualTo("labelwindows labelwindow LabelWindow [\"lw\"] [\"millrace\"]");
  }

  @Test
  void showsTheColumnsOfThePipeline() {
    var crd = CustomResourceKind.FEATURE_PIPELINE.crd();
    assertThat(columns(crd, 0)).containsExactly("Ready", "Status", "Features", "Fresh", "Age");
    assertThat(columns(crd, 1)).containsExactly("Job", "Watermark", "Plan", "Message");
  }

  @Test
  void showsTheColumnsOfTheLabelWindow() {
    var crd = CustomResourceKind.LABEL_WINDOW.crd();
    assertThat(columns(crd, 0))
        .containsExactly(
            "Ready", "Status", "Pipeline", "Pending", "Finalised", "Last-Run", "Mature-To", "Age");
    assertThat(columns(crd, 1)).containsExactly("Schedule", "Gate", "Rows", "Message");
  }

  @ParameterizedTest
  @EnumSource
  void isNeverReadyBeforeTheFirstLook(CustomResourceKind kind) {
    var status = SchemaField.root(kind).at("/properties/status/default");
    var ready = status.at("/conditions/0");
    assertThat(status.path("observedGeneration").asInt()).isEqualTo(-1);
    assertThat(ready.path("type").asText()).isEqualTo("Ready");
    assertThat(ready.path("status").asText()).isEqualTo("Unknown");
    assertThat(ready.path("reason").asText()).isEqualTo("Unobserved");
    assertThat(ready.path("message").asText())
        .isEqualTo("no operator has looked at this yet; is the millrace Deployment running?");
  }

  @ParameterizedTest
  @EnumSource
  void keepsStatusApart(CustomResourceKind kind) {
    assertThat(kind.crd().at("/spec/versions/0/subresources").has("status")).isTrue();
    assertThat(kind.crd().at("/spec/scope").asText()).isEqualTo("Namespaced");
  }

  private static String names(CustomResourceKind kind) {
    var names = kind.crd().at("/spec/names");
    return String.join(
        " ",
        names.path("plural").asText(),
        names.path("singular").asText(),
        names.path("kind").asText(),
        names.path("shortNames").toString(),
        names.path("categories").toString());
  }

  private static List<String> columns(JsonNode crd, int priority) {
    var columns = new ArrayList<String>();
    for (JsonNode column : crd.at("/spec/versions/0/additionalPrinterColumns")) {
      if (column.path("priority").asInt() == priority) {
        columns.add(column.path("name").asText());
      }
    }
    return columns;
  }
}
