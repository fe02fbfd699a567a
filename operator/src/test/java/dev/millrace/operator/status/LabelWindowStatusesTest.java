package dev.millrace.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.GateCheck;
import dev.millrace.contract.Reason;
import dev.millrace.contract.RunOutcome;
import dev.millrace.contract.RunReport;
import dev.millrace.contract.RunReportResult;
import dev.millrace.operator.observe.ChildHealth.Progressing;
import dev.millrace.operator.observe.FinishedRun;
import dev.millrace.operator.observe.RunEnd;
import dev.millrace.operator.observe.RunObservation;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.v1alpha1.LabelWindowStatus;
import dev.millrace.v1alpha1.labelwindowstatus.LastRun;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LabelWindowStatusesTest {
  private static final String RUN = "run 2026-11-24T02:15:00Z ";

  @Test
  void saysAllConditionsInOrder() {
    LabelWindowStatus status = new LabelWindowScene().after(null);

    assertThat(status.getConditions())
        .extracting(Condition::getType)
        .containsExactly(
            "Ready",
            "SpecValid",
            "ReferencesResolved",
            "TopicReady",
            "Scheduled",
            "LabelsFlowing",
            "LastRunSucceeded",
            "DataQuality");
    assertThat(Read.word(status, "Ready")).isEqualTo("Ready=True/Scheduled");
    assertThat(Read.line(status, "Scheduled"))
        .isEqualTo("Scheduled=True/Scheduled: 15 2 * * * in Etc/UTC");
    assertThat(Read.word(status, "LastRunSucceeded"))
        .isEqualTo("LastRunSucceeded=Unknown/NoRunYet");
    assertThat(status.getObservedGeneration()).isEqualTo(3);
    assertThat(status.getNextRun().toInstant()).hasToString("2026-11-25T02:15:00Z");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void ends(RunEnd end, RunReportResult report, String expected) {
    LabelWindowStatus status = new LabelWindowScene().ended(end, report).after(null);

    assertThat(Read.line(status, "LastRunSucceeded")).isEqualTo("LastRunSucceeded=" + expected);
    assertThat(Read.word(status, "Ready")).as("no run touches Ready").contains("=True/");
    assertThat(status.getConditions()).hasSize(8);
  }

  static Stream<Arguments> ends() {
    var absent = new RunReportResult.Absent();
    return Stream.of(
        Arguments.of(
            RunEnd.COMPLETED,
            read(LabelWindowScene.report(RunOutcome.PUBLISHED, null, null)),
            "True/Published: " + RUN + "published 48210 rows"),
        Arguments.of(
            RunEnd.COMPLETED,
            read(LabelWindowScene.report(RunOutcome.NOTHING_MATURE, null, null)),
            "True/NothingMature: " + RUN + "found no mature anchor"),
        Arguments.of(
            RunEnd.FAILED,
            read(LabelWindowScene.report(RunOutcome.PUBLISHED, null, null)),
            "False/RunFailed: " + RUN + "published its rows, then failed; look at its log"),
        Arguments.of(
            RunEnd.FAILED,
            failed(Reason.STORAGE_FAILED, "bucket features answers 503"),
            "False/StorageFailed: " + RUN + "failed: bucket features answers 503"),
        Arguments.of(
            RunEnd.REFUSED,
            absent,
            "False/GateRefused: " + RUN + "was refused by the quality gate; look at its log"),
        Arguments.of(
            RunEnd.TIMED_OUT,
            absent,
            "False/TimedOut: "
                + RUN
                + "took longer than 6h; raise spec.extract.timeout or give it more"),
        Arguments.of(
            RunEnd.FAILED,
            absent,
            "False/RunFailed: " + RUN + "failed without a report; look at its log"),
        Arguments.of(
            RunEnd.COMPLETED,
            new RunReportResult.Unreadable("x"),
            "Unknown/NoReport: " + RUN + "ended without a report; look at its log"));
  }

  @Test
  void aRefusedGateShowsItsWorstFigureAndLeavesReadyAlone() {
    var gate =
        new RunReport.Gate(
            120,
            3,
            List.of(
                new RunReport.Figure("card__amount_p95_1h", GateCheck.NULL_RATE, "9.1", "5", false),
                new RunReport.Figure("amount", GateCheck.DRIFT, "0.3", "0.2", false)));
    var refused =
        new LabelWindowScene()
            .ended(RunEnd.REFUSED, LabelWindowScene.report(RunOutcome.REFUSED, null, gate));

    LabelWindowStatus status = refused.after(null);

    assertThat(Read.line(status, "DataQuality"))
        .isEqualTo(
            "DataQuality=False/NullRate: column card__amount_p95_1h: NullRate 9.1, the limit is 5;"
                + " 3 of 120 figures are beyond their limit");
    assertThat(Read.word(status, "Ready")).isEqualTo("Ready=True/Scheduled");
    assertThat(Read.line(status, "Stalled")).isEqualTo("Stalled absent");
    assertThat(status.getLastRun().getOutcome()).isEqualTo(LastRun.Outcome.REFUSED);
    assertThat(status.getLastRun().getGate()).hasSize(2);
    assertThat(status.getLastRun().getConsistency().getRows()).isEqualTo(2_000);
    assertThat(status.getLastRun().getConsistency().getMismatches()).isEqualTo(3);
    var published =
        refused
            .ended(RunEnd.COMPLETED, LabelWindowScene.report(RunOutcome.PUBLISHED, null, gate))
            .after(null);
    assertThat(Read.word(published, "DataQuality")).isEqualTo("DataQuality=True/Overridden");
  }

  @Test
  void aSilentPartitionIsNoStreamOfNegatives() {
    LabelWindowStatus status =
        new LabelWindowScene()
            .ended(
                RunEnd.COMPLETED,
                LabelWindowScene.report(RunOutcome.NOTHING_MATURE, labels(2, List.of(0, 3)), null))
            .after(null);

    assertThat(Read.line(status, "LabelsFlowing"))
        .isEqualTo(
            "LabelsFlowing=False/PartitionSilent: label partitions 0, 3 have been silent for longer"
                + " than stalledAfter, nothing is finalised; check the label feed");
    assertThat(status.getLabels().getPending()).isEqualTo(18_342);
    assertThat(status.getLabels().getOldestPending()).isEqualTo("2026-10-05");
    assertThat(status.getLabels().getDelayP99()).isEqualTo("38d");
  }

  @Test
  void whatTheLastRunSaidStaysWhenItsJobIsRemoved() {
    var scene =
        new LabelWindowScene()
            .ended(
                RunEnd.COMPLETED,
                LabelWindowScene.report(RunOutcome.PUBLISHED, labels(0, List.of()), null));
    LabelWindowStatus ran = scene.after(null);
    scene.runs = RunObservation.NONE;

    LabelWindowStatus status = scene.after(ran);

    assertThat(StatusWrites.worthWriting(ran, status, Scene.NOW, Scene.NOW)).isFalse();
    assertThat(Read.word(status, "LabelsFlowing")).isEqualTo("LabelsFlowing=True/Flowing");
  }

  @Test
  void aDriverThatWasKilledRanOutOfMemory() {
    var scene = new LabelWindowScene().ended(RunEnd.FAILED, new RunReportResult.Absent());
    FinishedRun run = scene.runs.finished().orElseThrow();
    scene.runs =
        new RunObservation(
            Optional.of(
                new FinishedRun(
                    run.job(), run.asOf(), run.end(), run.endedAt(), run.report(), true)),
            Optional.empty());

    assertThat(Read.line(scene.after(null), "LastRunSucceeded"))
        .isEqualTo(
            "LastRunSucceeded=False/OutOfMemory: "
                + RUN
                + "ran out of memory; raise spec.extract.spark.driver.memory");
  }

  @Test
  void waitsForItsPipeline() {
    var scene = new LabelWindowScene();
    scene.deployed = false;
    scene.children.clear();
    scene.planned =
        new PlanResult.Waiting<>(
            List.of(
                new PlanResult.MissingReference(
                    Reason.PIPELINE_NOT_FOUND, "FeaturePipeline \"x\" is not there; create it")));

    LabelWindowStatus status = scene.after(null);

    assertThat(Read.line(status, "Ready"))
        .isEqualTo("Ready=False/PipelineNotFound: FeaturePipeline \"x\" is not there; create it");
    assertThat(Read.word(status, "Reconciling")).isEqualTo("Reconciling=True/PipelineNotFound");
    assertThat(status.getObservedGeneration()).isEqualTo(3);
  }

  @Test
  void suspendedIsReady() {
    var scene = new LabelWindowScene();
    scene.plan =
        Plans.labelWindow(
            Plans.LABEL_WINDOW.replace("  pipelineRef:", "  suspend: true\n  pipelineRef:"));

    assertThat(Read.word(scene.after(null), "Ready")).isEqualTo("Ready=True/Suspended");
    assertThat(Read.word(scene.after(null), "Scheduled")).isEqualTo("Scheduled=False/Suspended");
  }

  @Test
  void aTopicThatIsNotReadyKeepsItFromReady() {
    var scene = new LabelWindowScene();
    scene.children.put(LabelWindowScene.TOPIC, new Progressing(Reason.TOPIC_NOT_READY, "not yet"));

    assertThat(Read.word(scene.after(null), "TopicReady"))
        .isEqualTo("TopicReady=False/TopicNotReady");
    assertThat(Read.word(scene.after(null), "Ready")).isEqualTo("Ready=False/TopicNotReady");
  }

  private static RunReportResult read(RunReport report) {
    return new RunReportResult.Read(report);
  }

  private static RunReportResult failed(Reason reason, String text) {
    return read(
        RunReport.unpublished(
            LabelWindowScene.AS_OF,
            RunOutcome.FAILED,
            reason,
            "MR/" + reason.text() + ": " + text,
            12));
  }

  private static RunReport.Labels labels(int silent, List<Integer> partitions) {
    return new RunReport.Labels(
        18_342,
        120,
        1_204_332,
        2_210,
        null,
        "2026-10-05T08:00:00Z",
        "2026-11-24T03:00:00Z",
        "2026-11-24T01:00:00Z",
        silent,
        partitions,
        100,
        1L,
        2L,
        3L,
        37L * 86_400_000 + 5);
  }
}
