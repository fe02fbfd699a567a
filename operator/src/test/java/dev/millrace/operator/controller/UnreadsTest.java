package dev.millrace.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import dev.millrace.contract.Reason;
import dev.millrace.operator.status.PipelineStatuses;
import dev.millrace.operator.status.Unread;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A look that fails shows in the status, also if it is our own fault. */
class UnreadsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void aMistakeOfOursSaysItsTextAndPlace() {
    Unread unread = unread(new IllegalStateException("version 3 has no job"));

    assertThat(unread.reason()).isEqualTo(Reason.INTERNAL_ERROR);
    assertThat(unread.message())
        .matches(
            "the operator failed: IllegalStateException at UnreadsTest\\.java:\\d+"
                + " \\(version 3 has no job\\); it is tried again, report this with the operator's"
                + " log");
  }

  @Test
  void theTextOfALibraryIsNotPassedOn() {
    Exception failure = catchException(() -> Integer.parseInt("secret"));

    assertThat(failure).hasMessageContaining("secret");
    assertThat(unread(failure).message())
        .startsWith("the operator failed: NumberFormatException at UnreadsTest.java:")
        .doesNotContain("secret");
  }

  @Test
  void itKeepsReadyFromTrueAndIsTriedAgain() {
    var status = PipelineStatuses.unread(null, unread(new IllegalStateException("version 3")), NOW);

    assertThat(status.getConditions())
        .filteredOn(condition -> condition.getReason().equals("InternalError"))
        .extracting(Condition::getType, Condition::getStatus)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("Ready", "False"),
            org.assertj.core.groups.Tuple.tuple("DefinitionInSync", "False"),
            org.assertj.core.groups.Tuple.tuple("Reconciling", "True"));
  }

  @Test
  void anApiServerThatIsAwayIsNoMistakeOfOurs() {
    for (int code : List.of(0, 500, 503)) {
      assertThat(Unreads.of(pipeline(), new KubernetesClientException("away", code, null)))
          .isEmpty();
    }
  }

  private static Unread unread(Exception failure) {
    return Unreads.of(pipeline(), failure).orElseThrow();
  }

  private static FeaturePipeline pipeline() {
    var pipeline = new FeaturePipeline();
    pipeline.setMetadata(
        new ObjectMetaBuilder()
            .withName("card-fraud")
            .withNamespace("fraud")
            .withGeneration(5L)
            .build());
    return pipeline;
  }
}
