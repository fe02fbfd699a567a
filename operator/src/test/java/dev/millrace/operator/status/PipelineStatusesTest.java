package dev.millrace.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.JobReport;
import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth.Progressing;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.observe.JobFailure;
import dev.millrace.operator.observe.JobFigures;
import dev.millrace.operator.observe.JobObservation;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import dev.millrace.v1alpha1.featurepipelinestatus.Children;
import dev.millrace.v1alpha1.featurepipelinestatus.Jobs;
import dev.millrace.v1alpha1.featurepipelinestatus.Plan;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineStatusesTest {
  @Test
  void saysAllConditionsInOrder() {
    FeaturePipelineStatus status = Scene.running().after(null);

    assertThat(status.getConditions())
        .extracting(Condition::getType)
        .containsExactly(
            "Ready",
            "SpecValid",
            "ReferencesResolved",
            "SchemaCompatible",
            "TopicsReady",
            "OnlineStoreReady",
            "StreamRunning",
            "Checkpointing",
            "Fresh",
            "DefinitionInSync");
    assertThat(status.getConditions()).allMatch(condition -> condition.getStatus().equals("True"));
    assertThat(status.getConditions())
        .extracting(Condition::getObservedGeneration)
        .containsOnly(7L);
    assertThat(status.getObservedGeneration()).isEqualTo(7);
    assertThat(Read.word(status, "Ready")).isEqualTo("Ready=True/Running");
  }

  @Test
  void fillsTheFigures() {
    FeaturePipelineStatus status = Scene.running().after(null);

    assertThat(status.getDefinition().getColumns()).isEqualTo(3);
    assertThat(status.getDefinition().getVersion()).isEqualTo(3);
    assertThat(status.getDefinition().getServedVersion()).isEqualTo(3);
    assertThat(status.getDefinition().getHash()).isEqualTo(Plans.pipeline().definitionHash());
    assertThat(status.getDefinition().getEntities().get(0).getColumns().get(0).getName())
        .isEqualTo("tx_count_5m");
    assertThat(status.getTopic().getName()).isEqualTo("fraud.payments.tx");
    assertThat(status.getTopic().getPartitions()).isEqualTo(12);
    assertThat(status.getChildren())
        .extracting(Children::getName)
        .containsExactly(
            "kafka/fraud-payments-tx-5d0c91be",
            "card-fraud-stream",
            "card-fraud-9a1f",
            "card-fraud-v3");
    Jobs job = status.getJobs().get(0);
    assertThat(job.getState()).isEqualTo("RUNNING");
    assertThat(job.getReplayed()).isNull();
    assertThat(job.getLastSavepoint()).isEqualTo("s3a://features/savepoint-1");
    assertThat(job.getLastCheckpoint().toInstant()).isEqualTo(Scene.NOW.minusSeconds(40));
    assertThat(job.getWatermark().toInstant()).isEqualTo(Scene.NOW.minusSeconds(30));
    assertThat(job.getAccounting().getIn()).isEqualTo(100);
    assertThat(job.getAccounting().getRows()).isEqualTo(180);
    assertThat(status.getPlan().get_class()).isEqualTo(Plan.Class.NEWVERSION);
  }

  @Test
  void observedGenerationStaysBehindAWriteThatFailed() {
    FeaturePipelineStatus ran = Scene.running().after(null);
    Scene failed = Scene.running();
    failed.generation = 8;
    failed.failures.add(ApplyFailure.of(Scene.JOB, Reason.API_UNAVAILABLE, "503"));

    FeaturePipelineStatus status = failed.after(ran);

    assertThat(status.getObservedGeneration()).isEqualTo(7);
    assertThat(Read.word(status, "Ready")).isEqualTo("Ready=False/ApiUnavailable");
    Children child = status.getChildren().get(3);
    assertThat(child.getReady()).isFalse();
    assertThat(child.getMessage()).isEqualTo("503");
  }

  @Test
  void observedGenerationIsFrozenFromDeletionOn() {
    FeaturePipelineStatus ran = Scene.running().after(null);
    Scene deleting = Scene.running();
    deleting.generation = 9;
    deleting.deleting = Optional.of("waits for the savepoint of card-fraud-v3");

    FeaturePipelineStatus status = deleting.after(ran);

    assertThat(status.getObservedGeneration()).isEqualTo(7);
    assertThat(Read.line(status, "Ready"))
        .isEqualTo("Ready=False/Deleting: waits for the savepoint of card-fraud-v3");
    assertThat(Read.word(status, "Reconciling")).isEqualTo("Reconciling=True/Deleting");
  }

  @Test
  void aRefusedSpecIsObservedAndNothingElseMoves() {
    FeaturePipelineStatus ran = Scene.running().after(null);
    Scene refused = Scene.running();
    refused.generation = 8;
    refused.planned = Plans.planned(Plans.PIPELINE.replace("windows: [1h]", "windows: [7s]"));

    FeaturePipelineStatus status = refused.after(ran);

    assertThat(status.getObservedGeneration()).isEqualTo(8);
    assertThat(Read.word(status, "StreamRunning")).isEqualTo("StreamRunning=True/Running");
    assertThat(Read.line(status, "DefinitionInSync"))
        .isEqualTo(
            "DefinitionInSync=False/Invalid: generation 8 is refused, version 3 stays in force");
    assertThat(status.getPlan().get_class()).isEqualTo(Plan.Class.BLOCKED);
    assertThat(status.getDefinition().getVersion()).isEqualTo(3);
  }

  @Test
  void aFirstSpecThatIsRefusedLeavesNothingToLookAt() {
    Scene refused = new Scene();
    refused.deployed = false;
    refused.servedVersion = 0;
    refused.planned = Plans.planned(Plans.PIPELINE.replace("windows: [1h]", "windows: [7s]"));

    FeaturePipelineStatus status = refused.after(null);

    assertThat(status.getConditions()).hasSize(11);
    assertThat(Read.word(status, "Ready")).isEqualTo("Ready=False/Invalid");
    assertThat(Read.word(status, "StreamRunning")).isEqualTo("StreamRunning=Unknown/Undecided");
    assertThat(status.getDefinition()).isNull();
  }

  @Test
  void streamRunsOnlyAfterACheckpointOfThisJob() {
    Scene scene = Scene.running();
    JobFigures figures = Scene.figures(3).orElseThrow();
    JobObservation job = scene.job(3);

    scene.job(job.with(checkpoint(figures, Optional.empty())));
    assertThat(Read.line(scene.after(null), "StreamRunning"))
        .isEqualTo(
            "StreamRunning=False/Starting: job card-fraud-v3 runs and has not completed a"
                + " checkpoint yet; wait");
    scene.job(job.with(checkpoint(figures, Optional.of(Scene.NOW.minusSeconds(4000)))));
    assertThat(Read.word(scene.after(null), "StreamRunning"))
        .as("a checkpoint older than the job")
        .isEqualTo("StreamRunning=False/Starting");
    scene.job(
        job.with(
            new JobFigures(
                "f".repeat(32), figures.report(), figures.lastCheckpoint(), 0, Optional.empty())));
    assertThat(Read.word(scene.after(Scene.running().after(null)), "StreamRunning"))
        .as("a checkpoint of another job")
        .isEqualTo("StreamRunning=False/Starting");
  }

  @Test
  void aRestartOfTheOperatorForgetsNothing() {
    FeaturePipelineStatus ran = Scene.running().after(null);
    Scene unread = Scene.running();
    unread.job(
        JobObservation.unread(3, "card-fraud-v3", unread.job(3).wanted(), unread.job(3).view()));

    FeaturePipelineStatus status = unread.after(ran);

    assertThat(StatusWrites.worthWriting(ran, status, Instant.EPOCH, Scene.NOW)).isFalse();
  }

  @Test
  void saysHowFarANewVersionHasReplayed() {
    FeaturePipelineStatus status = Scene.running().replaying(67).after(null);

    assertThat(Read.line(status, "DefinitionInSync"))
        .isEqualTo(
            "DefinitionInSync=False/Replaying: version 4 has replayed 60 % of 25h, readers stay on"
                + " version 3");
    assertThat(Read.word(status, "StreamRunning")).isEqualTo("StreamRunning=True/Running");
    assertThat(status.getJobs()).extracting(Jobs::getVersion).containsExactly(3, 4);
    assertThat(status.getJobs().get(1).getReplayed()).isEqualTo(67);
    assertThat(status.getDefinition().getServedVersion()).isEqualTo(3);
  }

  @Test
  void aNewVersionThatFailsLeavesTheOldOneServing() {
    Scene scene = Scene.running().replaying(10);
    scene.child(Scene.NEXT_JOB, new Progressing(Reason.RESTARTING, "job card-fraud-v4 fails"));

    FeaturePipelineStatus status = scene.after(null);

    assertThat(Read.line(status, "DefinitionInSync"))
        .isEqualTo(
            "DefinitionInSync=False/Upgrading: job card-fraud-v4 fails; readers stay on version 3");
    assertThat(Read.word(status, "Fresh")).isEqualTo("Fresh=True/Fresh");
  }

  @Test
  void saysHowOftenAJobFailsCoarsely() {
    Scene scene = Scene.running();
    var failure = new JobFailure(Reason.RESTARTING, "boom", Scene.NOW);
    JobFigures known = Scene.figures(3).orElseThrow();
    var figures =
        new JobFigures(Scene.ID, known.report(), known.lastCheckpoint(), 14, Optional.of(failure));
    scene.job(scene.job(3).with(figures));

    assertThat(Read.line(scene.after(null), "StreamRunning"))
        .isEqualTo(
            "StreamRunning=False/Restarting: job card-fraud-v3 failed more than 10 times in 10 min,"
                + " last cause: boom; it is started again");
  }

  @Test
  void saysUntilWhenValuesOfASuspendedPipelineLast() {
    FeaturePipelineStatus ran = Scene.running().after(null);
    Scene suspended = Scene.running().with(Plans.suspended());
    suspended.job(
        JobObservation.unread(
            3,
            "card-fraud-v3",
            suspended.job(3).wanted(),
            Optional.of(Scene.view("SUSPENDED", "FINISHED"))));
    Duration lives = Duration.ofMillis(Plans.pipeline().definition().onlineTtlMillis());
    assertThat(lives).isEqualTo(Duration.ofMinutes(121));

    FeaturePipelineStatus status = suspended.after(ran);

    assertThat(Read.line(status, "Ready"))
        .isEqualTo("Ready=True/Suspended: values expire from 2026-11-24T14:00:00Z on");
    assertThat(Read.word(status, "StreamRunning")).isEqualTo("StreamRunning=False/Suspended");
    assertThat(Read.word(status, "Fresh")).isEqualTo("Fresh=Unknown/Suspended");
    assertThat(Read.word(status, "DefinitionInSync")).isEqualTo("DefinitionInSync=True/InSync");
    assertThat(status.getJobs().get(0).getState()).isEqualTo("SUSPENDED");
  }

  @Test
  void createdSuspendedIsReadyWithoutAJob() {
    Scene scene = Scene.running().with(Plans.suspended()).without(Scene.JOB);
    scene.jobs.clear();

    assertThat(Read.line(scene.after(null), "Ready"))
        .isEqualTo(
            "Ready=True/Suspended: the job has not run yet; set spec.suspend: false to start it");
  }

  @Test
  void theJobWaitsForTopics() {
    Scene scene = Scene.running().without(Scene.JOB);
    scene.jobs.clear();
    scene.child(Scene.EVENTS, new Progressing(Reason.TOPIC_NOT_READY, Scene.EVENTS + ": no"));

    FeaturePipelineStatus status = scene.after(null);

    assertThat(Read.word(status, "Ready")).isEqualTo("Ready=False/TopicNotReady");
    assertThat(Read.word(status, "StreamRunning")).isEqualTo("StreamRunning=False/Waiting");
    assertThat(status.getChildren().get(0).getMessage()).isEqualTo("no");
  }

  @Test
  void keepsAtMost64ChildrenAndThoseThatAreNotReadyFirst() {
    Scene scene = Scene.running();
    for (int i = 0; i < 70; i++) {
      scene.child(
          new ChildRef("ConfigMap", "fraud", "c" + i),
          i < 69
              ? dev.millrace.operator.observe.ChildHealth.READY
              : new Progressing(Reason.CHILD_NOT_READY, "gone"));
    }

    List<Children> children = scene.after(null).getChildren();

    assertThat(children).hasSize(64);
    assertThat(children).extracting(Children::getName).contains("c69").doesNotContain("c68");
  }

  @Test
  void keepsThePlanThatWasCarriedOut() {
    String changed =
        Plans.PIPELINE.replace("version: 3", "version: 4").replace("[5m, 1h]", "[5m, 2h]");
    Scene scene = Scene.running();
    scene.diff = Optional.of(Plans.diff(changed));
    FeaturePipelineStatus carriedOut = scene.after(null);
    assertThat(carriedOut.getPlan().get_class()).isEqualTo(Plan.Class.NEWVERSION);
    assertThat(carriedOut.getPlan().getSummary()).contains("windows of card/tx_count");
    scene.diff = Optional.of(Plans.diff(Plans.PIPELINE));

    assertThat(scene.after(carriedOut).getPlan().getHash())
        .isEqualTo(carriedOut.getPlan().getHash());
  }

  @Test
  void aPlanThatWaitedForApprovalAndIsTakenBackIsGone() {
    Scene scene = Scene.running();
    scene.diff =
        Optional.of(
            Plans.diff(
                Plans.PIPELINE.replace(
                    "{name: payments.tx}", "{name: payments.tx, retention: 40d}")));
    FeaturePipelineStatus waiting = scene.after(null);
    assertThat(waiting.getPlan().get_class()).isEqualTo(Plan.Class.LOSSY);
    assertThat(Read.line(waiting, "SpecValid")).contains(waiting.getPlan().getHash());
    scene.diff = Optional.of(Plans.diff(Plans.PIPELINE));

    assertThat(scene.after(waiting).getPlan().get_class()).isEqualTo(Plan.Class.NOOP);
  }

  @Test
  void transitionTimeMovesOnlyWithStatus() {
    FeaturePipelineStatus ran = Scene.running().after(null);
    Scene broken = Scene.running();
    broken.child(Scene.EVENTS, new Progressing(Reason.TOPIC_NOT_READY, "a"));
    Instant later = Scene.NOW.plusSeconds(60);
    FeaturePipelineStatus first = PipelineStatuses.next(ran, broken.outcome(), later);
    broken.child(Scene.EVENTS, new Progressing(Reason.WAITING, "b"));

    FeaturePipelineStatus second =
        PipelineStatuses.next(first, broken.outcome(), later.plusSeconds(60));

    Condition topics = Read.find(second.getConditions(), "TopicsReady").orElseThrow();
    assertThat(topics.getReason()).isEqualTo("Waiting");
    assertThat(topics.getLastTransitionTime()).isEqualTo(later.toString());
    assertThat(Read.find(second.getConditions(), "SpecValid").orElseThrow().getLastTransitionTime())
        .isEqualTo(Scene.NOW.toString());
  }

  @Test
  void managedRedisWaitsForItsStatefulSet() {
    Scene scene = Scene.running().with(Plans.managedRedis());
    scene.child(Scene.REDIS, new Progressing(Reason.STORE_NOT_READY, "0 of 1"));

    assertThat(Read.word(scene.after(null), "OnlineStoreReady"))
        .isEqualTo("OnlineStoreReady=False/StoreNotReady");
    assertThat(Read.word(scene.without(Scene.REDIS).after(null), "OnlineStoreReady"))
        .isEqualTo("OnlineStoreReady=False/Waiting");
  }

  @Test
  void aPlanWithNothingInForceIsNotObserved() {
    Scene scene = new Scene();
    scene.deployed = false;
    scene.planned = new PlanResult.Valid<>(Plans.pipeline(), List.of());

    FeaturePipelineStatus status = scene.after(null);

    assertThat(status.getObservedGeneration()).isEqualTo(-1);
    assertThat(Read.word(status, "Ready")).isEqualTo("Ready=False/Waiting");
  }

  private static JobFigures checkpoint(JobFigures figures, Optional<Instant> at) {
    Optional<JobReport> report =
        figures
            .report()
            .map(known -> known.withCheckpoint(1, new Accounting(1, 1, 0, 0, 0, 0, 1, 1), false));
    return new JobFigures(figures.jobId(), report, at, 0, Optional.empty());
  }
}
