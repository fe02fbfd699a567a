package dev.millrace.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The shipped checks over their own test folders, laid out and compared as Argo CD does. */
class ArgoHealthTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path ROOT =
      Path.of("src/main/resources/resource_customizations/millrace.dev");
  private static final List<String> KINDS = List.of("FeaturePipeline", "LabelWindow");

  @TestFactory
  Stream<DynamicTest> givesTheHealthThatTheTestFolderStates() {
    return KINDS.stream().flatMap(kind -> cases(kind).map(test -> dynamicTest(kind, test)));
  }

  private static DynamicTest dynamicTest(String kind, JsonNode test) {
    var input = test.get("inputPath").asText();
    return DynamicTest.dynamicTest(
        kind + "/" + input,
        () -> {
          var health = ArgoHealth.of(read(ROOT.resolve(kind).resolve(input)));
          var expected = test.get("healthStatus");
          assertThat(health.status().text()).isEqualTo(expected.get("status").asText());
          assertThat(health.message()).isEqualTo(expected.get("message").asText());
        });
  }

  @Test
  void usesEveryFileOfTheTestFolders() throws IOException {
    for (var kind : KINDS) {
      var used = cases(kind).map(test -> test.get("inputPath").asText()).toList();
      try (var files = Files.list(ROOT.resolve(kind).resolve("testdata"))) {
        assertThat(files.map(file -> "testdata/" + file.getFileName()))
            .containsExactlyInAnyOrderElementsOf(used)
            .hasSizeGreaterThanOrEqualTo(15);
      }
    }
  }

  @Test
  void coversEveryHealthButSuspended() {
    for (var kind : KINDS) {
      assertThat(cases(kind).map(test -> test.at("/healthStatus/status").asText()).distinct())
          .containsExactlyInAnyOrder("Healthy", "Progressing", "Degraded");
    }
  }

  @Test
  void shipsOneScriptForBothKinds() {
    assertThat(ArgoHealth.script("LabelWindow")).isEqualTo(ArgoHealth.script("FeaturePipeline"));
  }

  @Test
  void takesAnObjectAsMaps() {
    var object =
        Map.of(
            "kind",
            "FeaturePipeline",
            "metadata",
            Map.of("generation", 2L),
            "status",
            Map.of(
                "observedGeneration",
                2L,
                "conditions",
                List.of(
                    Map.of(
                        "type", "Ready",
                        "status", "True",
                        "reason", "Running",
                        "observedGeneration", 2L))));

    assertThat(ArgoHealth.of(object)).isEqualTo(new Health(HealthStatus.HEALTHY, "Running"));
  }

  @Test
  void namesTheKindThatHasNoCheck() {
    assertThatThrownBy(() -> ArgoHealth.script("KafkaTopic"))
        .hasMessage("no health check is shipped for kind \"KafkaTopic\"");
  }

  private static Stream<JsonNode> cases(String kind) {
    var tests = read(ROOT.resolve(kind).resolve("health_test.yaml")).get("tests");
    return StreamSupport.stream(tests.spliterator(), false);
  }

  private static JsonNode read(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }
}
