package dev.millrace.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The chart carries copies of the CRDs, so that it installs from a checkout; {@code
 * -Dchart.regenerate} copies them anew, without it a difference fails the build.
 */
class CrdTemplatesTest {
  private static final Path SOURCE = MillraceChart.ROOT.resolve("crds/src/main/crds");
  private static final Path COPY = MillraceChart.FOLDER.resolve("files/crds");

  @Test
  void theCopiesAreTheSource() throws IOException {
    for (String file : files(SOURCE)) {
      String text = Files.readString(SOURCE.resolve(file));
      if (System.getProperty("chart.regenerate") != null) {
        Files.writeString(COPY.resolve(file), text);
      }
      assertThat(Files.readString(COPY.resolve(file)))
          .as("%s; run with -Dchart.regenerate", file)
          .isEqualTo(text);
    }
    assertThat(files(COPY)).isEqualTo(files(SOURCE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"featurepipelines.millrace.dev", "labelwindows.millrace.dev"})
  void nothingButLabelsAndThePolicyIsAdded(String name) throws IOException {
    JsonNode source = MillraceChart.YAML.readTree(SOURCE.resolve(name + ".yaml").toFile());
    JsonNode rendered = crd("{}", name);
    JsonNode metadata = rendered.path("metadata");

    assertThat(metadata.at("/annotations/helm.sh~1resource-policy").asText()).isEqualTo("keep");
    assertThat(rendered.path("spec")).isEqualTo(source.path("spec"));
    assertThat(metadata.path("name")).isEqualTo(source.at("/metadata/name"));
    assertThat(((ObjectNode) metadata).properties()).hasSize(3);
  }

  @Test
  void theyGoWithTheChartIfAsked() {
    assertThat(crd("crds: {keep: false}", "labelwindows.millrace.dev").at("/metadata/annotations"))
        .isEmpty();
  }

  @Test
  void theyAreLeftOutIfAsked() {
    List<JsonNode> objects = MillraceChart.render("crds: {enabled: false}");

    assertThat(MillraceChart.ofKind(objects, "CustomResourceDefinition")).isEmpty();
  }

  private static JsonNode crd(String values, String name) {
    JsonNode crd =
        MillraceChart.only(MillraceChart.render(values), "CustomResourceDefinition", name);
    assertThat(crd.isObject()).as(name).isTrue();
    return crd;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
