package dev.millrace.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.operator.plan.PlanText;
import dev.millrace.operator.plan.Planner;
import dev.millrace.operator.plan.References;
import dev.millrace.operator.plan.ResourceReader;
import dev.millrace.operator.plan.Resources;
import dev.millrace.v1alpha1.FeaturePipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plans of the golden folders' inputs. */
public final class TestPlans {
  /** A small pipeline; it ends with its features, so that a feature or a field can be appended. */
  public static final String CARD_FRAUD =
      """
      apiVersion: millrace.dev/v1alpha1
      kind: FeaturePipeline
      metadata: {name: card-fraud, namespace: fraud, uid: uid-1}
      spec:
        source:
          topic: {name: payments.tx}
          eventId: tx_id
          eventTime: {field: ts}
          schema:
          - {name: tx_id, type: String}
          - {name: card_id, type: String}
          - {name: ts, type: Timestamp}
        entities:
        - name: card
          keys: [card_id]
          features:
          - {name: tx_count, aggregation: Count, windows: [5m, 1h]}
      """;

  /** The same at version 3, with amounts. */
  public static final String CARD_FRAUD_AMOUNTS =
      CARD_FRAUD.replace(
              "- {name: ts, type: Timestamp}",
              "- {name: ts, type: Timestamp}\n    - {name: amount, type: Decimal, scale: 2}")
          + """
              - {name: amount_sum, aggregation: Sum, value: amount, windows: [1h]}
            version: 3
          """;

  private TestPlans() {}

  /** A pipeline that was read. */
  public static FeaturePipeline pipeline(String yaml) {
    return ResourceReader.read("test.yaml", yaml, "default").pipelines().get(0);
  }

  /** The plan of the smallest pipeline. */
  public static PipelinePlan minimal() {
    Path file =
        Path.of(
            System.getProperty("basedir", "."),
            "src/test/resources/golden/minimal/in-pipeline.yaml");
    return of(text(file));
  }

  /** The plan of one pipeline, which has to be valid. */
  public static PipelinePlan of(String yaml) {
    Resources resources = ResourceReader.read("test.yaml", yaml, "default");
    var references =
        new References(
            TestCatalogue.connections(),
            resources.pipelines(),
            resources.labelWindows(),
            TestCatalogue.NOW);
    var result = Planner.plan(resources.pipelines().get(0), references, OperatorConfig.DEFAULT);
    assertThat(PlanText.refusal(result)).isEmpty();
    return ((PlanResult.Valid<PipelinePlan>) result).plan();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
