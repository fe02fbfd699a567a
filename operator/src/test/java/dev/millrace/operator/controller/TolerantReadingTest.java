package dev.millrace.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.config.ConnectionCatalogue;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.operator.plan.Planner;
import dev.millrace.operator.plan.References;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TolerantReadingTest {
  private final KubernetesSerialization reading = TolerantReading.serialization();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"all of it\" | spec",
        "7 | spec",
        "{\"version\":\"three\"} | spec.version",
        "{\"version\":1,\"source\":[1,2]} | spec.source",
        "{\"version\":1,\"entities\":{\"a\":{}}} | spec.entities",
        "{\"version\":1,\"suspend\":{\"x\":1}} | spec.suspend",
        "{\"version\":1,\"deletionPolicy\":\"Shred\"} | spec.deletionPolicy",
        "{\"version\":1,\"stream\":{\"parallelism\":\"many\"}} | spec.stream.parallelism",
      })
  void whatDoesNotDecodeIsRefusedByItsPath(String spec, String path) {
    FeaturePipeline pipeline = read(spec, "{}");
    assertThat(violations(pipeline)).anyMatch(text -> text.contains(path));
    // The framework clones resources by writing and reading them.
    assertThat(violations(reading.clone(pipeline))).isEqualTo(violations(pipeline));
  }

  @Test
  void whatIsAlwaysHonouredIsKept() {
    FeaturePipeline pipeline =
        read("{\"version\":\"x\",\"suspend\":true,\"deletionPolicy\":\"Delete\"}", "{}");
    assertThat(pipeline.getSpec().getSuspend()).isTrue();
    assertThat(pipeline.getSpec().getDeletionPolicy().getValue()).isEqualTo("Delete");
  }

  @Test
  void aStatusIsKeptIfItDecodesAndElseMadeAnew() {
    assertThat(read("{\"version\":\"x\"}", "{\"observedGeneration\":3}").getStatus())
        .extracting(status -> status.getObservedGeneration())
        .isEqualTo(3L);
    assertThat(read("{\"version\":1}", "{\"observedGeneration\":{}}").getStatus()).isNull();
  }

  private FeaturePipeline read(String spec, String status) {
    return reading.unmarshal(
        """
        {"apiVersion": "millrace.dev/v1alpha1", "kind": "FeaturePipeline",
         "metadata": {"name": "card-fraud", "namespace": "fraud"}, "spec": %s, "status": %s}
        """
            .formatted(spec, status),
        FeaturePipeline.class);
  }

  private static List<String> violations(FeaturePipeline pipeline) {
    var references =
        new References(
            new ConnectionCatalogue(List.of(), List.of(), List.of(), List.of()),
            List.of(),
            List.of(),
            Instant.EPOCH);
    var result = Planner.plan(pipeline, references, OperatorConfig.DEFAULT);
    return ((PlanResult.Invalid<?>) result).violations().stream().map(Object::toString).toList();
  }
}
