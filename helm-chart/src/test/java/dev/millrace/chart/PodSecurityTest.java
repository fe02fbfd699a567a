package dev.millrace.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pod Security restricted and what is on top of it (reliability.md §3.2). */
class PodSecurityTest {
  private static final List<String> NOTHING_OF_THE_HOST =
      List.of("hostNetwork", "hostPID", "hostIPC", "hostUsers");

  @ParameterizedTest
  @MethodSource("dev.millrace.chart.MillraceChart#matrix")
  void everyPodIsRestricted(String file) {
    List<JsonNode> pods =
        MillraceChart.ofKind(MillraceChart.renderFile(file), "Deployment", "Job").stream()
            .map(owner -> owner.at("/spec/template/spec"))
            .toList();

    assertThat(pods).isNotEmpty();
    for (JsonNode pod : pods) {
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(pod.at("/securityContext/seccompProfile/type").asText())
          .isEqualTo("RuntimeDefault");
      NOTHING_OF_THE_HOST.forEach(field -> assertThat(pod.has(field)).as(field).isFalse());
      pod.path("volumes").forEach(volume -> assertThat(volume.has("hostPath")).isFalse());
      assertThat(pod.path("containers")).hasSize(1);
      container(pod.at("/containers/0"));
    }
  }

  private static void container(JsonNode container) {
    JsonNode context = container.path("securityContext");
    assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(context.path("runAsNonRoot").asBoolean()).isTrue();
    assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    assertThat(context.at("/capabilities").size()).isEqualTo(1);
    assertThat(container.at("/resources/requests").size()).isPositive();
    assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
    container.path("env").forEach(variable -> assertThat(variable.has("valueFrom")).isFalse());
  }
}
