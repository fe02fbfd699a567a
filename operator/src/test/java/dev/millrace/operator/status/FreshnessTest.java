package dev.millrace.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.JobReport;
import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.JobFailure;
import dev.millrace.operator.observe.JobFigures;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Fresh and Checkpointing (experience.md §2, checklist rows 37, 38). */
class FreshnessTest {
  private static final Accounting COUNTS = new Accounting(1, 1, 0, 0, 0, 0, 1, 1);

  @Test
  void freshWithinTheTarget() {
    assertThat(fresh(lag(90, false), null))
        .isEqualTo("Fresh=True/Fresh: rows are at most 90s behind");
  }

  @Test
  void aSilentSourceMayLagByTheIdleTimeoutMore() {
    assertThat(fresh(lag(150, true), null))
        .isEqualTo("Fresh=True/SourceIdle: every partition is silent and consumed");
    assertThat(fresh(lag(151, true), null)).startsWith("Fresh=False/EventsArriveOld: ");
  }

  @Test
  void theFirstReplayIsNoDelay() {
    assertThat(fresh(lag(4000, false), null))
        .isEqualTo(
            "Fresh=False/Replaying: rows are more than 1h behind, the target is 90s: a new version"
                + " replays the topic beside the old one; wait for it");
  }

  @Test
  void aJobThatWasFreshAndFallsBackIsBehind() {
    assertThat(fresh(lag(200, false), Scene.running().after(null)))
        .isEqualTo(
            "Fresh=False/JobBehind: rows are more than 2m behind, the target is 90s: the job reads"
                + " more slowly than events arrive; raise spec.stream.parallelism");
  }

  @Test
  void aStoreThatFailsBlocksTheSink() {
    Scene scene = lag(200, false);
    JobFigures known = scene.job(3).figures().orElseThrow();
    var failure = new JobFailure(Reason.ONLINE_STORE_UNREACHABLE, "refused", Scene.NOW);
    scene.job(
        scene
            .job(3)
            .with(
                new JobFigures(
                    Scene.ID, known.report(), known.lastCheckpoint(), 1, Optional.of(failure))));

    FeaturePipelineStatus status = scene.after(Scene.running().after(null));

    assertThat(Read.word(status, "Fresh")).isEqualTo("Fresh=False/SinkBlocked");
    assertThat(Read.line(status, "OnlineStoreReady"))
        .isEqualTo("OnlineStoreReady=False/OnlineStoreUnreachable: refused");
    assertThat(Read.word(status, "Ready")).isEqualTo("Ready=True/Running");
  }

  @Test
  void anOutageOfTheSourceIsNotAQuietTopic() {
    Scene scene = lag(200, false).failing(Reason.SOURCE_UNREACHABLE, "no broker answers");

    assertThat(fresh(scene, null)).isEqualTo("Fresh=False/SourceUnreachable: no broker answers");
  }

  @Test
  void aFailureBeforeTheLastCheckpointIsOver() {
    Scene scene = Scene.running();
    JobFigures known = scene.job(3).figures().orElseThrow();
    var failure =
        new JobFailure(Reason.SOURCE_UNREACHABLE, "no broker", Scene.NOW.minusSeconds(41));
    scene.job(
        scene
            .job(3)
            .with(
                new JobFigures(
                    Scene.ID, known.report(), known.lastCheckpoint(), 1, Optional.of(failure))));

    assertThat(fresh(scene, null)).startsWith("Fresh=True/Fresh");
  }

  @Test
  void nothingIsKnownOfAJobThatDoesNotAnswer() {
    Scene scene = Scene.running();
    scene.job(scene.job(3).missed(3));

    FeaturePipelineStatus status = scene.after(Scene.running().after(null));

    String text =
        "/JobUnreachable: the REST of job card-fraud-v3 has not answered 3 times in a row; check"
            + " the network policies of its pods";
    assertThat(Read.line(status, "Fresh")).isEqualTo("Fresh=Unknown" + text);
    assertThat(Read.line(status, "Checkpointing")).isEqualTo("Checkpointing=Unknown" + text);
    assertThat(Read.word(status, "StreamRunning")).isEqualTo("StreamRunning=True/Running");
  }

  @Test
  void aCheckpointIsOverdueAfterFiveIntervals() {
    assertThat(checkpoint(300)).isEqualTo("Checkpointing=True/Checkpointing: checkpoints complete");
    assertThat(checkpoint(700))
        .isEqualTo(
            "Checkpointing=False/CheckpointOverdue: no checkpoint has completed for more than 10m,"
                + " the interval is 1m; look at the job's checkpoints and back-pressure");
  }

  @Test
  void sideOutputAndStorageShowInCheckpointing() {
    Scene blocked = Scene.running().failing(Reason.SIDE_OUTPUT_BLOCKED, "topic late");

    FeaturePipelineStatus status = blocked.after(Scene.running().after(null));

    assertThat(Read.line(status, "Checkpointing"))
        .isEqualTo("Checkpointing=False/SideOutputBlocked: topic late");
    assertThat(Read.word(status, "Ready")).isEqualTo("Ready=True/Running");
  }

  private static String checkpoint(long secondsAgo) {
    Scene scene = Scene.running();
    JobFigures known = scene.job(3).figures().orElseThrow();
    scene.job(
        scene
            .job(3)
            .with(
                new JobFigures(
                    Scene.ID,
                    known.report(),
                    Optional.of(Scene.NOW.minusSeconds(secondsAgo)),
                    0,
                    Optional.empty())));
    return Read.line(scene.after(null), "Checkpointing");
  }

  private static String fresh(Scene scene, FeaturePipelineStatus previous) {
    return Read.line(scene.after(previous), "Fresh");
  }

  private static Scene lag(long seconds, boolean idle) {
    Scene scene = Scene.running();
    var report =
        JobReport.of(3)
            .withClock(Scene.millis(seconds), Scene.millis(90_000), 3, Scene.millis(seconds))
            .withCheckpoint(1, COUNTS, idle);
    return scene.job(
        scene
            .job(3)
            .with(
                new JobFigures(
                    Scene.ID,
                    Optional.of(report),
                    Optional.of(Scene.NOW.minusSeconds(40)),
                    0,
                    Optional.empty())));
  }
}
