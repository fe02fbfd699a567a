package dev.millrace.gitops;

import static dev.millrace.gitops.Kstatus.Status.CURRENT;
import static dev.millrace.gitops.Kstatus.Status.FAILED;
import static dev.millrace.gitops.Kstatus.Status.IN_PROGRESS;
import static dev.millrace.gitops.Kstatus.Status.TERMINATING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.gitops.Kstatus.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KstatusTest {
  private static final Map<String, String> READY = condition("Ready", "True", "fine");
  private static final Map<String, String> RECONCILING = condition("Reconciling", "True", "waits");
  private static final Map<String, String> STALLED = condition("Stalled", "True", "refused");

  @Test
  void putsDeletionFirst() {
    var object =
        Map.of(
            "metadata",
            Map.of("generation", 3, "deletionTimestamp", "2026-11-23T09:00:00Z"),
            "status",
            Map.of("observedGeneration", 2, "conditions", List.of(STALLED)));

    assertThat(Kstatus.of(object))
        .isEqualTo(new Result(TERMINATING, "Resource scheduled for deletion"));
  }

  @Test
  void waitsForTheGenerationWhateverTheConditionsSay() {
    var message = "FeaturePipeline generation is 3, but latest observed generation is ";

    assertThat(Kstatus.of(object(3, 2, READY))).isEqualTo(new Result(IN_PROGRESS, message + 2));
    assertThat(Kstatus.of(object(3, -1, STALLED))).isEqualTo(new Result(IN_PROGRESS, message + -1));
    assertThat(Kstatus.of(object(3, 4, READY)).status()).isEqualTo(IN_PROGRESS);
  }

  @Test
  void takesWhicheverOfReconcilingAndStalledComesFirst() {
    assertThat(Kstatus.of(object(3, 3, READY, RECONCILING, STALLED)))
        .isEqualTo(new Result(IN_PROGRESS, "waits"));
    assertThat(Kstatus.of(object(3, 3, READY, STALLED, RECONCILING)))
        .isEqualTo(new Result(FAILED, "refused"));
  }

  @Test
  void fallsBackToReady() {
    assertThat(Kstatus.of(object(3, 3, READY))).isEqualTo(new Result(CURRENT, "Resource is Ready"));
    assertThat(Kstatus.of(object(3, 3, condition("Ready", "False", "no"))))
        .isEqualTo(new Result(IN_PROGRESS, "no"));
    assertThat(Kstatus.of(object(3, 3, condition("Ready", "Unknown", "perhaps"))))
        .isEqualTo(new Result(IN_PROGRESS, "perhaps"));
  }

  @Test
  void ignoresStalledAndReconcilingThatAreNotTrue() {
    var object =
        object(
            3, 3, condition("Stalled", "False", ""), condition("Reconciling", "False", ""), READY);

    assertThat(Kstatus.of(object).status()).isEqualTo(CURRENT);
  }

  /** Why our CRDs default {@code observedGeneration} to -1 with a Ready condition. */
  @Test
  void passesAnObjectThatHasNoStatusAtAll() {
    assertThat(Kstatus.of(Map.of("metadata", Map.of("generation", 1))))
        .isEqualTo(new Result(CURRENT, "Resource is current"));
  }

  @SafeVarargs
  private static Map<String, Object> object(
      long generation, long observed, Map<String, String>... conditions) {
    return Map.of(
        "kind",
        "FeaturePipeline",
        "metadata",
        Map.of("generation", generation),
        "status",
        Map.of("observedGeneration", observed, "conditions", List.of(conditions)));
  }

  private static Map<String, String> condition(String type, String status, String message) {
    return Map.of("type", type, "status", status, "reason", "Reason", "message", message);
  }
}
