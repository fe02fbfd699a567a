package dev.millrace.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntimeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code docs/gitops.md} tells people to install is what is shipped, and works. */
class DocumentationTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path PAGE =
      Path.of(System.getProperty("millrace.root", "..")).resolve("docs/gitops.md");
  private static final Path DATA =
      Path.of("src/main/resources/resource_customizations/millrace.dev");
  private static final List<String> KINDS = List.of("FeaturePipeline", "LabelWindow");

  @Test
  void showsTheShippedScriptForArgo() throws IOException {
    var data = YAML.readTree(block("argocd-cm")).get("data");
    assertThat(data.size()).isEqualTo(KINDS.size());
    for (var kind : KINDS) {
      assertThat(data.get("resource.customizations.health.millrace.dev_" + kind).asText())
          .isEqualTo(ArgoHealth.script(kind));
    }
  }

  @Test
  void waitsInFlux() throws IOException {
    assertThat(YAML.readTree(block("flux")).at("/spec/wait").asBoolean()).isTrue();
  }

  @Test
  void givesFluxExpressionsThatAgreeWithArgo() throws Exception {
    int compared = 0;
    for (var entry : YAML.readTree(block("flux-expressions")).at("/spec/healthCheckExprs")) {
      var folder = DATA.resolve(entry.get("kind").asText()).resolve("testdata");
      for (var file : files(folder)) {
        if (saysOneThingInAllConditions(file)) {
          assertThat(flux(entry, file)).as(file.toString()).isEqualTo(argo(file));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(30);
  }

  /** Flux looks at deletion itself; conditions of a mixture of generations are never written. */
  private static boolean saysOneThingInAllConditions(Path file) throws IOException {
    var object = YAML.readTree(file.toFile());
    var observed = object.at("/status/observedGeneration");
    for (var condition : object.at("/status/conditions")) {
      if (!condition.get("observedGeneration").equals(observed)) {
        return false;
      }
    }
    return object.at("/metadata/deletionTimestamp").isMissingNode();
  }

  private static HealthStatus argo(Path file) throws IOException {
    return ArgoHealth.of(YAML.readTree(file.toFile())).status();
  }

  private static HealthStatus flux(JsonNode entry, Path file) throws Exception {
    if (holds(entry.get("failed").asText(), file)) {
      return HealthStatus.DEGRADED;
    }
    return holds(entry.get("current").asText(), file)
        ? HealthStatus.HEALTHY
        : HealthStatus.PROGRESSING;
  }

  private static boolean holds(String expression, Path file) throws Exception {
    var compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("metadata", SimpleType.DYN)
            .addVar("status", SimpleType.DYN)
            .build();
    var program =
        CelRuntimeFactory.standardCelRuntimeBuilder()
            .build()
            .createProgram(compiler.compile(expression).getAst());
    Map<String, Object> object =
        YAML.readValue(file.toFile(), new TypeReference<Map<String, Object>>() {});
    var variables =
        Map.of(
            "metadata", object.get("metadata"), "status", object.getOrDefault("status", Map.of()));
    return (boolean) program.eval(variables);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** The YAML block behind the marker {@code <!-- name -->}. */
  private static String block(String name) throws IOException {
    var page = Files.readString(PAGE);
    int marker = page.indexOf("<!-- " + name + " -->");
    assertThat(marker).as("marker " + name).isNotNegative();
    int start = page.indexOf("```yaml\n", marker) + "```yaml\n".length();
    return page.substring(start, page.indexOf("```", start));
  }
}
