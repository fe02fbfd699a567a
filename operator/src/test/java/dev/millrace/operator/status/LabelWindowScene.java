package dev.millrace.operator.status;

import dev.millrace.contract.RunOutcome;
import dev.millrace.contract.RunReport;
import dev.millrace.contract.RunReportResult;
import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.ChildObservation;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.observe.FinishedRun;
import dev.millrace.operator.observe.RunEnd;
import dev.millrace.operator.observe.RunObservation;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.PlanDiff;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.operator.plan.PlanResult.MissingReference;
import dev.millrace.v1alpha1.LabelWindowStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one reconcile of a label window found, all well at first; tests break it. */
final class LabelWindowScene {
  static final ChildRef TOPIC = new ChildRef("KafkaTopic", "kafka", "fraud-chargebacks-1a2b3c4d");
  static final ChildRef CRON = new ChildRef("CronJob", "fraud", "chargeback-45d");
  static final String AS_OF = "2026-11-24T02:15:00Z";

  private static final LabelWindowPlan PLAN = Plans.labelWindow();

  long generation = 3;
  LabelWindowPlan plan = PLAN;
  PlanResult<LabelWindowPlan> planned = new PlanResult.Valid<>(PLAN, List.of());
  Optional<PlanDiff> diff = Optional.empty();
  boolean deployed = true;
  List<MissingReference> missing = new ArrayList<>();
  List<ApplyFailure> failures = new ArrayList<>();
  Map<ChildRef, ChildHealth> children = new LinkedHashMap<>();
  RunObservation runs = RunObservation.NONE;
  Optional<String> deleting = Optional.empty();

  LabelWindowScene() {
    children.put(TOPIC, ChildHealth.READY);
    children.put(CRON, ChildHealth.READY);
  }

  LabelWindowOutcome outcome() {
    return new LabelWindowOutcome(
        generation,
        planned,
        diff,
        deployed ? Optional.of(plan) : Optional.empty(),
        missing,
        failures,
        children.entrySet().stream()
            .map(child -> ChildObservation.of(child.getKey(), child.getValue()))
            .toList(),
        runs,
        Optional.of(Instant.parse("2026-11-25T02:15:00Z")),
        0,
        deleting);
  }

  LabelWindowStatus after(LabelWindowStatus previous) {
    return LabelWindowStatuses.next(previous, outcome(), Scene.NOW);
  }

  LabelWindowScene ended(RunEnd end, RunReportResult report) {
    runs =
        new RunObservation(
            Optional.of(
                new FinishedRun(
                    "chargeback-45d-29932455",
                    Optional.of(Instant.parse(AS_OF)),
                    end,
                    Scene.NOW.minusSeconds(60),
                    report,
                    false)),
            Optional.empty());
    return this;
  }

  LabelWindowScene ended(RunEnd end, RunReport report) {
    return ended(end, new RunReportResult.Read(report));
  }

  static FinishedRun published() {
    return new LabelWindowScene()
        .ended(RunEnd.COMPLETED, report(RunOutcome.PUBLISHED, null, null))
        .runs
        .finished()
        .orElseThrow();
  }

  static RunReport report(RunOutcome outcome, RunReport.Labels labels, RunReport.Gate gate) {
    return new RunReport(
        RunReport.CODEC,
        AS_OF,
        outcome,
        false,
        null,
        null,
        212,
        48_210,
        400,
        4,
        "s3a://features/fraud/labelwindows/chargeback-45d/dataset",
        "manifests/" + AS_OF + ".json",
        1L,
        labels,
        new RunReport.Consistency(2_000, 3),
        gate,
        List.of(),
        List.of());
  }
}
