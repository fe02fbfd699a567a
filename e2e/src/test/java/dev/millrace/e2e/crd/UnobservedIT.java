package dev.millrace.e2e.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.ClusterExtension;
import dev.millrace.e2e.cluster.Requests;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource that no operator has looked at says so (experience.md §2). */
class UnobservedIT {
  @RegisterExtension static final ClusterExtension CLUSTER = new ClusterExtension();

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "label-window-minimal"})
  void saysThatNoOperatorHasLooked(String name) {
    Resources resources = resources();
    Sample sample = Sample.valid(name);

    resources.apply(sample.judged()).accepted();

    JsonNode status = resources.stored(sample.judged()).path("status");
    assertThat(status.path("observedGeneration").asLong()).isEqualTo(-1);
    assertThat(status.path("conditions")).hasSize(1);
    JsonNode ready = status.at("/conditions/0");
    assertThat(ready.path("type").asText()).isEqualTo("Ready");
    assertThat(ready.path("status").asText()).isEqualTo("Unknown");
    assertThat(ready.path("reason").asText()).isEqualTo("Unobserved");
    assertThat(ready.path("observedGeneration").asLong()).isEqualTo(-1);
    assertThat(ready.path("message").asText())
        .isEqualTo("no operator has looked at this yet; is the millrace Deployment running?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "label-window-minimal"})
  void doesNotLetTheAuthorWriteTheStatus(String name) {
    Resources resources = resources();
    Sample sample = Sample.valid(name);
    var boasting = sample.judged().deepCopy();
    boasting.withObject("/status").put("observedGeneration", 1);

    resources.apply(boasting).accepted();

    assertThat(resources.stored(boasting).at("/status/observedGeneration").asLong()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "label-window-minimal"})
  void givesWayToTheFirstReport(String name) {
    Resources resources = resources();
    Sample sample = Sample.valid(name);
    JsonNode before = resources.apply(sample.judged()).accepted();

    resources
        .mergeStatus(
            sample.judged(),
            """
            {"status": {"observedGeneration": 1, "conditions": [{"type": "Ready", "status": "True",
             "observedGeneration": 1, "lastTransitionTime": "2026-11-22T10:31:02Z",
             "reason": "Running", "message": ""}]}}""")
        .accepted();

    JsonNode after = resources.stored(sample.judged());
    assertThat(after.at("/status/conditions").findValuesAsText("reason"))
        .isEqualTo(List.of("Running"));
    assertThat(after.at("/metadata/generation")).isEqualTo(before.at("/metadata/generation"));
    assertThat(after.path("spec")).isEqualTo(before.path("spec"));
  }

  private static Resources resources() {
    return Resources.of(new Requests(CLUSTER.client()), CLUSTER.namespace());
  }
}
