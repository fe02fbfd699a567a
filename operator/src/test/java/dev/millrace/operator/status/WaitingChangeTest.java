package dev.millrace.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.FlinkError;
import dev.millrace.operator.observe.FlinkExpectation;
import dev.millrace.operator.observe.FlinkHealth;
import dev.millrace.operator.observe.FlinkView;
import dev.millrace.operator.observe.JobObservation;
import dev.millrace.operator.observe.WantedState;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Changes that wait for a savepoint, one reconcile after the other (rows 76 and 77). */
class WaitingChangeTest {
  private static final FlinkError FAILED =
      FlinkError.parse(
          "{\"type\":\"a.UpgradeFailureException\",\"message\":\"Savepoint Error\","
              + "\"throwableList\":[{\"type\":\"b.CheckpointException\",\"message\":\"x\"}]}");

  @Test
  void theGenerationThatRunsIsToldUntilTheChangeIsDone() {
    FeaturePipelineStatus status = after(null, 6, 0, Optional.empty());
    assertThat(Read.word(status, "Ready")).isEqualTo("Ready=True/Running");

    status = after(status, 7, 1, Optional.empty());
    assertThat(inSync(status)).isEqualTo("generation 7 waits for the savepoint of generation 6");
    assertThat(status.getObservedGeneration()).isEqualTo(7);

    status = after(status, 7, 1, Optional.empty());
    assertThat(inSync(status)).isEqualTo("generation 7 waits for the savepoint of generation 6");

    status = after(status, 7, 1, Optional.of(FAILED));
    assertThat(inSync(status))
        .isEqualTo(
            "savepoint of job card-fraud-v3 failed (CheckpointException), generation 6 runs on;"
                + " check storage connection \"default\"");

    status = after(status, 8, 2, Optional.empty());
    assertThat(inSync(status)).isEqualTo("generation 8 waits for the savepoint of generation 6");

    status = after(status, 8, 0, Optional.empty());
    assertThat(Read.word(status, "Ready")).isEqualTo("Ready=True/Running");
    assertThat(RunningGeneration.of(status)).isEqualTo(8);
  }

  @Test
  void nothingRunsBeforeTheFirstLook() {
    assertThat(RunningGeneration.of(null)).isEqualTo(-1);
  }

  private static String inSync(FeaturePipelineStatus status) {
    String line = Read.line(status, "DefinitionInSync");
    return line.substring(line.indexOf(": ") + 2);
  }

  /** A reconcile that finds the FlinkDeployment so many of its generations behind. */
  private static FeaturePipelineStatus after(
      FeaturePipelineStatus previous, long generation, long behind, Optional<FlinkError> error) {
    FlinkView running = Scene.view("STABLE", "RUNNING");
    var view =
        new FlinkView(
            running.generation() + behind,
            running.observedGeneration(),
            true,
            running.lifecycleState(),
            running.jobManager(),
            running.jobState(),
            running.jobId(),
            running.startTime(),
            running.savepoint(),
            error,
            running.createdAt());
    var expected =
        new FlinkExpectation(
            Scene.JOB, WantedState.RUNNING, "default", RunningGeneration.of(previous));
    ChildHealth health = FlinkHealth.of(view, expected, Scene.NOW);
    Scene scene = Scene.running().child(Scene.JOB, health);
    scene.generation = generation;
    JobObservation job = scene.job(3);
    scene.job(new JobObservation(3, job.name(), job.wanted(), Optional.of(view), job.figures(), 0));
    return scene.after(previous);
  }
}
