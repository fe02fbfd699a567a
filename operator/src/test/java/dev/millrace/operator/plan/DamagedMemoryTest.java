package dev.millrace.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may edit ConfigMaps may damage what we remember; it then counts as nothing. */
class DamagedMemoryTest {
  @ParameterizedTest
  @ValueSource(strings = {"null", "", " ", "\"spec\"", "[{}]", "7", "{", "{\"unknown\":1}"})
  void isNoMemory(String spec) {
    assertThat(RolloutMemory.parse(Map.of("servedVersion", "1", "spec-v1.json", spec))).isEmpty();
    assertThat(AcceptedWindow.parse(Map.of("publishedRuns", "0", "spec.json", spec))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "", "[]", "7", "{", "{\"a\":null}", "{\"a\":{}}"})
  void norAreDamagedIds(String ids) {
    assertThat(
            AcceptedWindow.parse(
                Map.of("publishedRuns", "0", "spec.json", "{}", "topicIds.json", ids)))
        .isEmpty();
    assertThat(AcceptedWindow.parse(Map.of("publishedRuns", "0", "spec.json", "{}"))).isPresent();
  }
}
