package dev.millrace.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Reason;
import dev.millrace.operator.TestPlans;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Without its ConfigMap an accepted spec is known only if the status proves it. */
class RecollectionTest {
  private static final Set<Integer> NO_JOB = Set.of();
  private static final Condition VALID = condition("SpecValid", "True", "Accepted", 7);
  private static final Condition RESOLVED = condition("ReferencesResolved", "True", "Resolved", 7);

  @Test
  void aPipelineThatNeverRanHasNothingToRemember() {
    var known = Recollection.of(pipeline(7, -1), NO_JOB, OptionalInt.empty());

    assertThat(known.memory()).isEmpty();
    assertThat(known.forgotten()).isEmpty();
  }

  @Test
  void aGenerationThatWasCarriedOutIsTheAcceptedOne() {
    var known = Recollection.of(pipeline(7, 7, VALID, RESOLVED), Set.of(2), OptionalInt.empty());

    RolloutMemory memory = known.memory().orElseThrow();
    assertThat(memory.servedVersion()).isEqualTo(2);
    assertThat(memory.specs()).containsOnlyKeys(2);
    assertThat(memory.usedApproval()).isEqualTo("3f9c2a71");
  }

  @Test
  void aGenerationThatWasNotCarriedOutIsNot() {
    isForgotten(pipeline(8, 7, VALID, RESOLVED));
    isForgotten(pipeline(7, 7, condition("SpecValid", "False", "Invalid", 7), RESOLVED));
    isForgotten(pipeline(7, 7, VALID));
    isForgotten(pipeline(7, 7, condition("SpecValid", "True", "Accepted", 6), RESOLVED));
    isForgotten(
        pipeline(
            7, 7, VALID, RESOLVED, condition("DefinitionInSync", "False", "RolloutForgotten", 7)));
  }

  @Test
  void whatWasForgottenStaysSoWithoutAJob() {
    var pipeline = pipeline(7, 6, condition("DefinitionInSync", "False", "RolloutForgotten", 7));

    assertThat(Recollection.of(pipeline, NO_JOB, OptionalInt.empty()).forgotten()).isPresent();
  }

  @Test
  void aVersionThatCatchesUpIsWaitedFor() {
    var pipeline = pipeline(7, 7, VALID, RESOLVED);

    var before = Recollection.of(pipeline, Set.of(1, 2), OptionalInt.of(1));
    assertThat(before.forgotten().orElseThrow().reason()).isEqualTo(Reason.WAITING);

    var after = Recollection.of(pipeline, Set.of(1, 2), OptionalInt.of(2));
    assertThat(after.memory().orElseThrow().servedVersion()).isEqualTo(2);
  }

  private static void isForgotten(FeaturePipeline pipeline) {
    var known = Recollection.of(pipeline, Set.of(2), OptionalInt.empty());
    assertThat(known.memory()).isEmpty();
    assertThat(known.forgotten().orElseThrow().reason()).isEqualTo(Reason.ROLLOUT_FORGOTTEN);
    assertThat(known.forgotten().orElseThrow().cause()).endsWith("with spec.version: 3");
  }

  private static Condition condition(String type, String status, String reason, long generation) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withObservedGeneration(generation)
        .build();
  }

  private static FeaturePipeline pipeline(
      long generation, long observedGeneration, Condition... conditions) {
    FeaturePipeline pipeline =
        TestPlans.pipeline(
            TestPlans.CARD_FRAUD + "  version: 2\n  rollout: {approvedPlan: 3f9c2a71}\n");
    pipeline.getMetadata().setGeneration(generation);
    var status = new FeaturePipelineStatus();
    status.setObservedGeneration(observedGeneration);
    status.setConditions(List.of(conditions));
    pipeline.setStatus(status);
    return pipeline;
  }
}
