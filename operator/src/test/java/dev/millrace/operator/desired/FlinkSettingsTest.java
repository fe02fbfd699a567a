package dev.millrace.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.TestPlans;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlinkSettingsTest {
  private final Map<String, String> settings = FlinkSettings.of(TestPlans.minimal());

  @Test
  void noKeyIsAPrefixOfAnotherWhichFlinkTwoRefuses() {
    for (String key : settings.keySet()) {
      assertThat(settings.keySet()).noneMatch(other -> other.startsWith(key + "."));
    }
  }

  @Test
  void nothingHereSetsWhatTheFlinkOperatorForbidsOrSkipsState() {
    assertThat(settings)
        .doesNotContainKeys(
            "kubernetes.namespace",
            "kubernetes.cluster-id",
            "high-availability.cluster-id",
            "execution.state-recovery.ignore-unclaimed-state")
        .containsEntry("execution.checkpointing.mode", "EXACTLY_ONCE");
  }

  @Test
  void noSecretIsInConfigurationArgumentsOrEnvironment() {
    assertThat(settings.toString()).doesNotContainIgnoringCase("password");
  }
}
