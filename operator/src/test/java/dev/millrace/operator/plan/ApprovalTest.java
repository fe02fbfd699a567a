package dev.millrace.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Violation;
import dev.millrace.operator.TestCatalogue;
import dev.millrace.operator.TestPlans;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.v1alpha1.FeaturePipeline;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One approval fits one plan, an old approval counts for nothing (reliability.md §2, L9). */
class ApprovalTest {
  private static final String RETENTION = "spec.source.topic.retention";

  private Optional<RolloutMemory> memory;

  @BeforeEach
  void accept() {
    memory = Optional.empty();
    assertThat(look("60d", "").accepted()).isTrue();
  }

  @Test
  void dataGoesOnlyUnderTheHashOfItsPlan() {
    Rollout pending = look("30d", "");

    assertThat(pending.accepted()).isFalse();
    assertThat(pending.violations()).extracting(Violation::path).containsExactly(RETENTION);
    assertThat(look("30d", hash(pending)).accepted()).isTrue();
  }

  @Test
  void aUsedApprovalDoesNotCountForTheSameChangeOnceMore() {
    String first = approve("30d");
    assertThat(look("60d", first).accepted()).isTrue();

    Rollout again = look("30d", first);

    assertThat(again.accepted()).isFalse();
    assertThat(again.violations())
        .extracting(Violation::toString)
        .containsExactly(
            "spec.rollout.approvedPlan: Invalid value: \""
                + first
                + "\" is not the pending plan "
                + hash(again)
                + "; review status.plan and approve again");
  }

  @Test
  void theSameChangeOnceMoreCanBeApprovedAnew() {
    String first = approve("30d");
    look("60d", first);
    String second = approve("30d");
    look("60d", "");

    assertThat(second).isNotEqualTo(first);
    for (String old : List.of(first, second)) {
      assertThat(look("30d", old).accepted()).isFalse();
    }
  }

  @Test
  void aUsedApprovalThatStaysInTheSpecIsNoMistake() {
    String approval = approve("30d");

    assertThat(look("30d", approval).violations()).isEmpty();
    assertThat(look("45d", approval).accepted()).isTrue();
  }

  @Test
  void anApprovalOfAnotherChangeCountsForNothing() {
    String pending = hash(look("30d", ""));

    assertThat(look("45d", pending).accepted()).isFalse();
    assertThat(look("30d", pending).accepted()).isTrue();
  }

  @Test
  void theSummarySaysHowFarAReplayStillReaches() {
    assertThat(look("30d", "").diff().orElseThrow().changes())
        .extracting(Change::sentence)
        .containsExactly(
            "retention changed from 60d to 30d: older events of topic fraud.payments.tx go, a replay"
                + " then reaches back 30d and needs 26h");
    look("30d", hash(look("30d", "")));
    assertThat(look("60d", "").diff().orElseThrow().changes())
        .extracting(Change::sentence)
        .containsExactly("retention changed from 30d to 60d");
  }

  private String approve(String retention) {
    String hash = hash(look(retention, ""));
    assertThat(look(retention, hash).accepted()).isTrue();
    return hash;
  }

  private static String hash(Rollout rollout) {
    return rollout.diff().orElseThrow().hash();
  }

  /** One look of the operator; what it remembers goes through its ConfigMap. */
  private Rollout look(String retention, String approval) {
    var references =
        new References(TestCatalogue.connections(), List.of(), List.of(), TestCatalogue.NOW);
    Rollout rollout =
        Rollout.decide(
            pipeline(retention, approval),
            memory,
            OptionalInt.empty(),
            references,
            OperatorConfig.DEFAULT);
    memory = rollout.memory().flatMap(known -> RolloutMemory.parse(known.data()));
    return rollout;
  }

  private static FeaturePipeline pipeline(String retention, String approval) {
    String topic = "{name: payments.tx, retention: %s}".formatted(retention);
    String rollout = "  version: 1\n  rollout: {approvedPlan: \"%s\"}\n".formatted(approval);
    return TestPlans.pipeline(TestPlans.CARD_FRAUD.replace("{name: payments.tx}", topic) + rollout);
  }
}
