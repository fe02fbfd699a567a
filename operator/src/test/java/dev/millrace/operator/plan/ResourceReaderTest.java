package dev.millrace.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceReaderTest {
  private static final String MINIMAL =
      PlannerSamples.of("valid").stream()
          .filter(sample -> sample.name().equals("minimal.yaml"))
          .findFirst()
          .orElseThrow()
          .yaml();

  @Test
  void readsSeveralDocumentsAndSkipsEmptyOnes() {
    Resources resources =
        ResourceReader.read("f.yaml", MINIMAL + "---\n---\n# nothing\n---\n" + MINIMAL, "fraud");

    assertThat(resources.refusals()).isEmpty();
    assertThat(resources.pipelines()).hasSize(2);
  }

  @Test
  void givesANamespaceToThoseWithout() {
    String yaml = MINIMAL.replaceFirst(", namespace: \\w+", "");

    assertThat(
            ResourceReader.read("f.yaml", yaml, "mine")
                .pipelines()
                .get(0)
                .getMetadata()
                .getNamespace())
        .isEqualTo("mine");
  }

  @Test
  void refusesUnknownFieldsByNameAlone() {
    String yaml = MINIMAL.replace("spec:", "spec:\n  fetures: hunter2");

    assertThat(texts(yaml))
        .containsExactly("strict decoding error: unknown field \"spec.fetures\"");
  }

  @Test
  void refusesUnknownMetadataAndMissingNames() {
    String yaml = MINIMAL.replaceFirst("metadata: \\{name: [\\w-]+", "metadata: {nam: x");

    assertThat(texts(yaml))
        .contains("strict decoding error: unknown field \"metadata.nam\"")
        .anyMatch(text -> text.startsWith("metadata.name: Required value"));
  }

  @Test
  void refusesOtherKinds() {
    assertThat(texts("apiVersion: v1\nkind: Secret\nmetadata: {name: x}"))
        .containsExactly(
            "kind: Unsupported value: \"v1 Secret\": supported values: \"FeaturePipeline\","
                + " \"LabelWindow\" of millrace.dev/v1alpha1");
  }

  @Test
  void refusesRepeatedKeysAndBrokenYamlWithTheLine() {
    assertThat(texts(MINIMAL.replace("spec:", "kind: LabelWindow\nspec:")))
        .singleElement()
        .asString()
        .contains("is not YAML at line", "Duplicate field 'kind'");
    assertThat(texts("a: [")).singleElement().asString().contains("is not YAML at line");
    assertThat(texts("just text")).singleElement().asString().startsWith("kind: Unsupported");
  }

  @Test
  void doesNotExpandAliasesIntoABomb() {
    String bomb =
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\napiVersion: millrace.dev/v1alpha1\n"
            + "kind: FeaturePipeline\nmetadata: {name: x}\nspec: {source: *c}";

    assertThat(texts(bomb)).isNotEmpty();
  }

  private static List<String> texts(String yaml) {
    return ResourceReader.read("f.yaml", yaml, "fraud").refusals().stream()
        .flatMap(refusal -> refusal.violations().stream())
        .map(Violation::toString)
        .toList();
  }
}
