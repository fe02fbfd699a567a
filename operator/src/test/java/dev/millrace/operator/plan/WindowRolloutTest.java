package dev.millrace.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Violation;
import dev.millrace.operator.TestCatalogue;
import dev.millrace.operator.TestPlans;
import dev.millrace.operator.config.OperatorConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a LabelWindow was accepted with holds (reliability.md §2, L9 and L19). */
class WindowRolloutTest {
  private static final String PIPELINE =
      TestPlans.CARD_FRAUD
          + """
              - {name: tx_late, aggregation: Count, windows: [1h]}
            version: 3
          """;

  private static final String SOURCE =
      """
      {topic: {name: TOPIC, retention: 90d}, eventId: cb_id, eventTime: {field: received_at},
       schema: [{name: cb_id, type: String}, {name: tx_id, type: String},
                {name: received_at, type: Timestamp}]}
      """
          .replace("\n", " ");

  private static final String LABELS =
      """
      apiVersion: millrace.dev/v1alpha1
      kind: LabelWindow
      metadata: {name: chargeback, namespace: fraud, uid: uid-2}
      spec:
        pipelineRef: {name: card-fraud}
        features:
        - {pipelineRef: {name: card-fraud}, include: [tx_count_1h, tx_late_1h]}
        label:
          name: is_fraud
          source: LABEL_SOURCE
          match: {anchor: tx_id, label: tx_id}
        attributionWindow: 45d
        surrogates:
        - {name: early, source: EARLY_SOURCE, match: {anchor: tx_id, label: tx_id},
           value: "true", attributionWindow: 24h}
        extract: {schedule: "15 2 * * *"}
      """
          .replace("LABEL_SOURCE", SOURCE.replace("TOPIC", "chargebacks"))
          .replace("EARLY_SOURCE", SOURCE.replace("TOPIC", "disputes"));

  /** The pipeline without one of the columns that the window includes. */
  private static final String SMALLER = PIPELINE.replace("tx_late", "tx_early");

  private static final String FITTING = LABELS.replace("tx_count_1h, tx_late_1h", "tx_count_1h");

  @Test
  void labelTopicsNeverLoseEventsEvenBeforeTheFirstRun() {
    assertThat(
            refusals(
                0,
                PIPELINE,
                LABELS.replace("chargebacks, retention: 90d", "chargebacks, retention: 60d")))
        .containsExactly(
            "spec.label.source.topic.retention: Forbidden: 90d to 60d deletes label events, which"
                + " needs a new LabelWindow; keep at least 90d");
    assertThat(
            refusals(
                0,
                PIPELINE,
                LABELS.replace("disputes, retention: 90d", "disputes, retention: 60d")))
        .containsExactly(
            "spec.surrogates[early].source.topic.retention: Forbidden: 90d to 60d deletes label"
                + " events, which needs a new LabelWindow; keep at least 90d");
    assertThat(refusals(0, PIPELINE, LABELS.replace("retention: 90d", "retention: 120d")))
        .isEmpty();
  }

  @Test
  void theRetentionOfATopicThatIsNotOursIsNotOurs() {
    String foreign = LABELS.replace("retention: 90d", "managed: false, retention: 90d");
    WindowRollout accepted = decide(foreign, Optional.empty(), 0, PIPELINE);

    WindowRollout next = decide(foreign.replace("90d", "60d"), accepted.memory(), 3, PIPELINE);

    assertThat(next.diff().orElseThrow().violations()).isEmpty();
  }

  @Test
  void theMeaningIsFixedAlsoWhenTheAcceptedSpecCannotBePlannedAnyMore() {
    assertThat(
            refusals(
                7, SMALLER, FITTING.replace("attributionWindow: 45d", "attributionWindow: 60d")))
        .containsExactly(
            "spec.attributionWindow: Forbidden: cannot change from 45d to 60d after 7 published"
                + " runs; create a new LabelWindow");
    assertThat(
            refusals(
                7,
                SMALLER,
                FITTING.replace(
                    "match: {anchor: tx_id, label: tx_id}\n  attr",
                    "match: {anchor: card_id, label: tx_id}\n  attr")))
        .containsExactly(
            "spec.label.match: Forbidden: cannot change from tx_id=tx_id to card_id=tx_id after 7"
                + " published runs; create a new LabelWindow");
    assertThat(
            refusals(
                0,
                SMALLER,
                FITTING.replace("chargebacks, retention: 90d", "chargebacks, retention: 60d")))
        .hasSize(1);
  }

  @Test
  void aSpecThatMeansTheSameTakesItsPlace() {
    WindowRollout next = decide(FITTING.replace("45d", "1080h"), accepted(), 7, SMALLER);

    assertThat(next.planned()).isInstanceOf(PlanResult.Valid.class);
    assertThat(next.inForce()).isPresent();
    assertThat(next.memory().orElseThrow().publishedRuns()).isEqualTo(7);
  }

  @Test
  void withoutARunItMayMeanSomethingElse() {
    assertThat(
            refusals(
                0, SMALLER, FITTING.replace("attributionWindow: 45d", "attributionWindow: 60d")))
        .isEmpty();
  }

  @Test
  void aRefusedMeaningIsRefusedAtEveryLook() {
    String other = FITTING.replace("attributionWindow: 45d", "attributionWindow: 60d");
    WindowRollout first = decide(other, accepted(), 7, SMALLER);
    WindowRollout second = decide(other, first.memory(), 0, SMALLER);

    assertThat(second.planned()).isInstanceOf(PlanResult.Invalid.class);
    assertThat(second.memory()).isEqualTo(first.memory());
  }

  private static Optional<AcceptedWindow> accepted() {
    WindowRollout rollout = decide(LABELS, Optional.empty(), 0, PIPELINE);
    assertThat(rollout.inForce()).isPresent();
    return rollout.memory();
  }

  private static List<String> refusals(int runs, String pipeline, String labels) {
    WindowRollout rollout = decide(labels, accepted(), runs, pipeline);
    var violations =
        rollout.planned() instanceof PlanResult.Invalid<LabelWindowPlan> invalid
            ? invalid.violations()
            : rollout.diff().map(PlanDiff::violations).orElse(List.of());
    return violations.stream().map(Violation::toString).toList();
  }

  private static WindowRollout decide(
      String labels, Optional<AcceptedWindow> memory, int runs, String pipeline) {
    Resources resources =
        ResourceReader.read("p.yaml", pipeline, "default")
            .and(ResourceReader.read("l.yaml", labels, "default"));
    assertThat(resources.refusals()).isEmpty();
    var references =
        new References(
            TestCatalogue.connections(),
            resources.pipelines(),
            resources.labelWindows(),
            TestCatalogue.NOW);
    WindowRollout rollout =
        WindowRollout.decide(
            resources.labelWindows().get(0), memory, runs, references, OperatorConfig.DEFAULT);
    assertThat(rollout.memory().flatMap(known -> AcceptedWindow.parse(known.data())))
        .isEqualTo(rollout.memory());
    return rollout;
  }
}
