package dev.millrace.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.TestPlans;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FlinkSettingsTest {
  private final Map<String, String> settings =
      FlinkSettings.of(TestPlans.minimal(), Deletion.SAVEPOINT);

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
  void whatADeletionDoesIsTheOnlyDifference() {
    var cancelled = new TreeMap<>(FlinkSettings.of(TestPlans.minimal(), Deletion.CANCEL));
    assertThat(cancelled.put("kubernetes.operator.job.savepoint-on-deletion", "true"))
        .isEqualTo("false");
    assertThat(cancelled).isEqualTo(settings);
  }

  @Test
  void aFailedJobIsNeverStartedEmptyOrDrained() {
    assertThat(settings)
        .containsEntry("kubernetes.operator.job.restart.failed", "false")
        .containsEntry("kubernetes.operator.job.drain-on-savepoint-deletion", "false");
  }

  @Test
  void noSecretIsInConfigurationArgumentsOrEnvironment() {
    assertThat(settings.toString()).doesNotContainIgnoringCase("password");
  }
}
