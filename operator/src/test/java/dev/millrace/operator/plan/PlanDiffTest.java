package dev.millrace.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Violation;
import dev.millrace.operator.TestCatalogue;
import dev.millrace.operator.TestPlans;
import dev.millrace.operator.config.OperatorConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlanDiffTest {
  private static final String PIPELINE = TestPlans.CARD_FRAUD_AMOUNTS;

  private static final String LABELS =
      """
      apiVersion: millrace.dev/v1alpha1
      kind: LabelWindow
      metadata: {name: chargeback-45d, namespace: fraud, uid: uid-2}
      spec:
        pipelineRef: {name: card-fraud}
        label:
          name: is_fraud
          source:
            topic: {name: chargebacks}
            eventId: cb_id
            eventTime: {field: received_at}
            schema:
            - {name: cb_id, type: String}
            - {name: tx_id, type: String}
            - {name: received_at, type: Timestamp}
          match: {anchor: tx_id, label: tx_id}
        attributionWindow: 45d
        extract: {schedule: "15 2 * * *"}
      """;

  static Stream<Arguments> changes() {
    return Stream.of(
        change("a description", "- {name: tx_count,", "- {name: tx_count, description: n,", "NoOp"),
        change("a default written out", "value: amount,", "value: amount, offset: 0s,", "NoOp"),
        change("deletionPolicy", "version: 3", "version: 3\n  deletionPolicy: Delete", "NoOp"),
        change("parallelism", "version: 3", "version: 3\n  stream: {parallelism: 4}", "InPlace"),
        change(
            "longer retention",
            "{name: payments.tx}",
            "{name: payments.tx, retention: 90d}",
            "InPlace"),
        change("suspend", "version: 3", "version: 3\n  suspend: true", "InPlace"),
        change("version alone", "version: 3", "version: 4", "NewVersion"),
        change("a hash without version", "[5m, 1h]", "[5m, 2h]", "Blocked"),
        change("another topic", "payments.tx", "payments.ty", "Blocked"));
  }

  private static Arguments change(String what, String before, String after, String expected) {
    UnaryOperator<String> edit = yaml -> yaml.replace(before, after);
    return Arguments.of(what, edit, expected);
  }

  @ParameterizedTest(name = "{0} is {2}")
  @MethodSource("changes")
  void everyFieldHasItsClass(String what, UnaryOperator<String> edit, String expected) {
    assertThat(between(PIPELINE, edit.apply(PIPELINE)).planClass().text()).isEqualTo(expected);
  }

  @Test
  void orderOfFeaturesAndFieldsIsNoChange() {
    String count = "    - {name: tx_count, aggregation: Count, windows: [5m, 1h]}\n";
    String sum = "    - {name: amount_sum, aggregation: Sum, value: amount, windows: [1h]}\n";
    PlanDiff diff = between(PIPELINE, PIPELINE.replace(count + sum, sum + count));

    assertThat(diff.planClass()).isEqualTo(PlanClass.NO_OP);
    assertThat(diff.changes()).isEmpty();
  }

  @Test
  void aHigherVersionConsentsToAnotherDefinition() {
    PlanDiff diff =
        between(PIPELINE, PIPELINE.replace("version: 3", "version: 4").replace("5m, 1h", "5m"));

    assertThat(diff.planClass()).isEqualTo(PlanClass.NEW_VERSION);
    assertThat(diff.violations()).isEmpty();
    assertThat(diff.changes())
        .containsExactly(
            new Change(
                PlanClass.NEW_VERSION,
                "card.tx_count",
                "windows of card/tx_count changed from 5m 1h to 5m"));
  }

  @Test
  void theHashOfALossyPlanIsItsConsentAndFitsNoOther() {
    String shorter = PIPELINE.replace("{name: payments.tx}", "{name: payments.tx, retention: 30d}");
    String shortest =
        PIPELINE.replace("{name: payments.tx}", "{name: payments.tx, retention: 20d}");
    String hash = between(PIPELINE, shorter).hash();
    String approval = "version: 3\n  rollout: {approvedPlan: " + hash + "}";

    assertThat(between(PIPELINE, shorter).planClass()).isEqualTo(PlanClass.LOSSY);
    assertThat(between(PIPELINE, shorter).violations()).hasSize(1);
    assertThat(between(PIPELINE, shorter.replace("version: 3", approval)).violations()).isEmpty();
    assertThat(between(PIPELINE, shortest.replace("version: 3", approval)).violations())
        .extracting(Violation::path)
        .containsExactly("spec.rollout.approvedPlan");
    assertThat(
            between(PIPELINE.replace("uid-1", "uid-9"), shorter.replace("uid-1", "uid-9")).hash())
        .isNotEqualTo(hash);
  }

  @Test
  void printsAChange() {
    String next =
        PIPELINE
            .replace("version: 3", "version: 4\n  stream: {parallelism: 4}")
            .replace("[5m, 1h]", "[5m, 1h, 24h]");
    String text = PlanText.changed(plan(PIPELINE), plan(next), between(PIPELINE, next), List.of());

    assertThat(text.replaceAll("[0-9a-f]{8}", "########"))
        .isEqualTo(
            """
            card-fraud (fraud)   v3 → v4 by replay of 49h of fraud.payments.tx (kept 60d)   definition ######## → ########
              card.tx_count              NewVersion   windows of card/tx_count changed from 5m 1h to 5m 1h 24h
              stream.parallelism         InPlace      parallelism changed from 2 to 4
              children  none
              budget    4 columns · at most 1 row per card and 30s, 2,880 panes, at most about 20 KB for a dense card
            Plan ########: NewVersion (1 InPlace, 1 NewVersion). Consent: spec.version is 4, higher than 3.
            """);
  }

  @Test
  void theMeaningOfPublishedRowsIsFixed() {
    LabelWindowPlan before = labels(LABELS);
    LabelWindowPlan after =
        labels(LABELS.replace("attributionWindow: 45d", "attributionWindow: 60d"));

    assertThat(PlanDiff.between(before, after, 214).violations())
        .extracting(Violation::toString)
        .containsExactly(
            "spec.attributionWindow: Forbidden: cannot change from 45d to 60d after 214 published"
                + " runs; create a new LabelWindow");
    assertThat(PlanDiff.between(before, after, 0).planClass()).isEqualTo(PlanClass.IN_PLACE);
    assertThat(PlanDiff.between(before, before, 214).planClass()).isEqualTo(PlanClass.NO_OP);
  }

  @Test
  void daysThatGoAreNamedAndAnApprovalOutlivesThem() {
    String shorter = PIPELINE.replace("version: 3", "version: 3\n  offline: {retention: 90d}");

    PlanDiff today = between(PIPELINE, shorter);
    PlanDiff tomorrow = between(PIPELINE, shorter, TestCatalogue.NOW.plus(Duration.ofDays(1)));

    assertThat(today.changes())
        .extracting(Change::sentence)
        .containsExactly(
            "retention changed from 400d to 90d: the oldest day that goes is 2025-10-20, the oldest"
                + " that stays 2026-08-26");
    assertThat(tomorrow.changes()).isNotEqualTo(today.changes());
    assertThat(tomorrow.hash()).isEqualTo(today.hash());
  }

  private static PlanDiff between(String before, String after) {
    return between(before, after, TestCatalogue.NOW);
  }

  private static PlanDiff between(String before, String after, Instant now) {
    Resources resources = read(after);
    var references =
        new References(
            TestCatalogue.connections(), resources.pipelines(), resources.labelWindows(), now);
    return PlanDiff.between(plan(before), plan(after), references);
  }

  private static Resources read(String yaml) {
    Resources resources = ResourceReader.read("test.yaml", yaml, "default");
    assertThat(resources.refusals()).isEmpty();
    return resources;
  }

  private static References references(Resources resources) {
    return new References(
        TestCatalogue.connections(),
        resources.pipelines(),
        resources.labelWindows(),
        TestCatalogue.NOW);
  }

  private static PipelinePlan plan(String yaml) {
    Resources resources = read(yaml);
    var result =
        Planner.plan(resources.pipelines().get(0), references(resources), OperatorConfig.DEFAULT);
    assertThat(PlanText.refusal(result)).isEmpty();
    return ((PlanResult.Valid<PipelinePlan>) result).plan();
  }

  private static LabelWindowPlan labels(String yaml) {
    Resources resources = read(PIPELINE).and(read(yaml));
    var result =
        Planner.plan(
            resources.labelWindows().get(0), references(resources), OperatorConfig.DEFAULT);
    assertThat(PlanText.refusal(result)).isEmpty();
    return ((PlanResult.Valid<LabelWindowPlan>) result).plan();
  }
}
