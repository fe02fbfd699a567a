package dev.millrace.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.crds.admission.Admission;
import dev.millrace.operator.config.ConfigResult;
import dev.millrace.operator.config.ConnectionCatalogue;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.operator.plan.Planner;
import dev.millrace.operator.plan.References;
import dev.millrace.v1alpha1.FeaturePipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator reads after the installation. */
class NotesTest {
  @ParameterizedTest
  @ValueSource(strings = {"watched-values.yaml", "full-values.yaml"})
  void thePipelineToPasteRuns(String file) throws IOException {
    String values = Files.readString(MillraceChart.FOLDER.resolve("ci").resolve(file));
    String sample = sample(MillraceChart.notes(values));
    JsonNode tree = MillraceChart.YAML.readTree(sample);
    var pipeline =
        MillraceChart.YAML.treeToValue(new Admission().withDefaults(tree), FeaturePipeline.class);

    assertThat(new Admission().create(tree)).isEmpty();
    assertThat(
            Planner.plan(
                pipeline,
                new References(connections(file), List.of(pipeline), List.of(), Instant.EPOCH),
                OperatorConfig.DEFAULT))
        .isInstanceOf(PlanResult.Valid.class);
  }

  @Test
  void itNamesTheConnectionsAndTheWaitLine() throws IOException {
    String notes =
        MillraceChart.notes(
            """
            tenants: [ads]
            connections:
              kafka:
              - {name: theirs, cluster: a, namespace: b, bootstrapServers: "c:1", namespaces: [x]}
              - {name: ours, cluster: a, namespace: b, bootstrapServers: "c:1", namespaces: [ads]}
              storage: [{name: lake, location: "s3a://lake"}]
            """);

    assertThat(notes)
        .contains("kubectl wait -n ads --for=condition=Ready fp/card-fraud --timeout=5m")
        .doesNotContain("theirs")
        .doesNotContain("WARNING");
    JsonNode spec = MillraceChart.YAML.readTree(sample(notes)).path("spec");
    assertThat(spec.at("/source/connection").asText()).isEqualTo("ours");
    assertThat(spec.at("/offline/connection").asText()).isEqualTo("lake");
    assertThat(spec.at("/online/managed").isObject()).isTrue();
  }

  @Test
  void itWarnsOfSecretsThatAreMissing() throws IOException {
    String notes =
        MillraceChart.notes(Files.readString(MillraceChart.FOLDER.resolve("ci/full-values.yaml")));

    assertThat(notes)
        .contains("WARNING: Secret fraud/kafka-client does not exist")
        .contains("WARNING: Secret fraud/redis-default does not exist")
        .contains("WARNING: Secret ads/storage-default does not exist")
        .doesNotContain("WARNING: Secret ads/redis-default");
  }

  @Test
  void itSaysWhatIsMissingFromAnInstallationThatSetsNothing() {
    assertThat(MillraceChart.notes("{}"))
        .contains("looks after all namespaces")
        .contains("WARNING: no namespace is prepared for pipelines; set tenants")
        .contains("WARNING: no kafka connection is registered for namespace fraud")
        .contains("WARNING: no storage connection is registered for namespace fraud");
  }

  private static String sample(String notes) {
    int start = notes.indexOf("<<'EOF'\n") + "<<'EOF'\n".length();
    return notes.substring(start, notes.indexOf("\nEOF", start));
  }

  private static ConnectionCatalogue connections(String file) {
    String text =
        MillraceChart.only(MillraceChart.renderFile(file), "ConfigMap", "millrace")
            .at("/data/connections.yaml")
            .asText();
    return ((ConfigResult.Accepted<ConnectionCatalogue>) ConnectionCatalogue.parse(text)).value();
  }
}
