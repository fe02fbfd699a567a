package dev.millrace.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth.Progressing;
import dev.millrace.operator.observe.ChildHealth.Refused;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of the Flink operator's timelines (neighbours.md §2.7). */
class FlinkHealthTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final ChildRef REF = new ChildRef("FlinkDeployment", "fraud", "card-fraud-v3");
  private static final String NAME = "FlinkDeployment fraud/card-fraud-v3";
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final String PATH = "s3a://features/savepoint-1";

  private static final ChildHealth STARTING =
      new Progressing(Reason.STARTING, "job card-fraud-v3 is being started; wait");
  private static final ChildHealth FROM_SAVEPOINT =
      new Progressing(
          Reason.UPGRADING, "job card-fraud-v3 is being started from its savepoint; wait");
  private static final ChildHealth PENDING =
      new Progressing(
          Reason.UPGRADING, NAME + " is about to take over a change; its savepoint comes first");
  private static final ChildHealth RESTARTING =
      new Progressing(Reason.RESTARTING, "job card-fraud-v3 fails and is started again");
  private static final ChildHealth JOB_MANAGER =
      new Progressing(Reason.RESTARTING, "the job manager of card-fraud-v3 is started again; wait");
  private static final ChildHealth NO_RESTORE_POINT =
      new Refused(
          Reason.NO_RESTORE_POINT,
          "job card-fraud-v3 ended and no savepoint of it is known, the next change would start it"
              + " empty; raise spec.version to replay the topic");

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void timelines(String line, int observed, String states, String more, ChildHealth expected) {
    assertThat(health(observed, states, more, WantedState.RUNNING)).isEqualTo(expected);
  }

  static Stream<Arguments> timelines() {
    return Stream.of(
        Arguments.of("create: recorded", 2, "UPGRADING MISSING -", "", STARTING),
        Arguments.of("create: submitted", 2, "DEPLOYED DEPLOYING RECONCILING", "", STARTING),
        Arguments.of(
            "create: REST open", 2, "DEPLOYED DEPLOYED_NOT_READY RECONCILING", "", STARTING),
        Arguments.of("create: tasks start", 2, "DEPLOYED READY CREATED", "", STARTING),
        Arguments.of("create: runs", 2, "STABLE READY RUNNING", "", ChildHealth.READY),
        Arguments.of("upgrade: savepoint", 1, "STABLE READY RUNNING", "", PENDING),
        Arguments.of("upgrade: stopped", 2, "UPGRADING READY FINISHED", "", FROM_SAVEPOINT),
        Arguments.of("upgrade: gone", 2, "UPGRADING MISSING FINISHED", "", FROM_SAVEPOINT),
        Arguments.of("upgrade of a failed job", 2, "UPGRADING READY FAILED", "", FROM_SAVEPOINT),
        Arguments.of("suspended, to resume", 1, "SUSPENDED READY FINISHED", "", PENDING),
        Arguments.of("restarts", 2, "STABLE READY RESTARTING", "", RESTARTING),
        Arguments.of("fails", 2, "STABLE READY FAILING", "", RESTARTING),
        Arguments.of("tasks start again", 2, "STABLE READY CREATED", "", RESTARTING),
        Arguments.of("job manager lost", 2, "STABLE DEPLOYING RECONCILING", "", JOB_MANAGER),
        Arguments.of("job manager lost, HA off", 2, "STABLE MISSING RECONCILING", "", JOB_MANAGER),
        Arguments.of(
            "REST unreachable",
            2,
            "STABLE READY RECONCILING",
            "",
            new Progressing(
                Reason.JOB_UNREACHABLE,
                "the Flink operator cannot tell how job card-fraud-v3 is; wait")),
        Arguments.of(
            "a word of a newer release",
            2,
            "HIBERNATING READY RUNNING",
            "",
            new Progressing(
                Reason.STARTING, NAME + " is in state HIBERNATING, which is not ready; wait")),
        Arguments.of(
            "failed for good",
            2,
            "FAILED READY FAILED",
            "upgradeSavepointPath " + PATH + " error " + json("JobException", "no restart", ""),
            new Refused(
                Reason.DEPLOY_FAILED, NAME + ": no restart; correct that, then change spec")),
        Arguments.of(
            "failed, no restore point",
            2,
            "FAILED READY FAILED",
            "error " + json("JobException", "no restart", ""),
            NO_RESTORE_POINT),
        Arguments.of(
            "the sentinel is no restore point",
            2,
            "FAILED READY FAILED",
            "upgradeSavepointPath KUBERNETES_OPERATOR_LAST_STATE",
            NO_RESTORE_POINT),
        Arguments.of(
            "manual restore required",
            2,
            "FAILED MISSING RECONCILING",
            "error "
                + json(
                    "UpgradeFailureException",
                    "last checkpoint is unknown, Manual restore" + " required.",
                    ""),
            NO_RESTORE_POINT),
        Arguments.of(
            "the job said why",
            2,
            "FAILED READY FAILED",
            "error "
                + json(
                    "ProgramInvocationException",
                    "main failed",
                    "MR/NotRestored: version 3 has saved state, the job found none"),
            new Refused(Reason.NOT_RESTORED, "version 3 has saved state, the job found none")),
        Arguments.of(
            "pod cannot start",
            2,
            "DEPLOYED ERROR RECONCILING",
            "error "
                + json(
                    "org.apache.DeploymentFailedException",
                    "[flink-main-container] Back-off pulling image",
                    ""),
            new Progressing(
                Reason.DEPLOY_FAILED,
                NAME + ": [flink-main-container] Back-off pulling image; it is tried again")),
        Arguments.of(
            "invalid, job running",
            1,
            "STABLE READY RUNNING",
            "error " + json("a.b.ValidationException", "Job parallelism must be larger than 0", ""),
            new Refused(
                Reason.DEPLOY_FAILED,
                NAME + ": Job parallelism must be larger than 0; correct that")),
        Arguments.of(
            "first submission throws, upgrading",
            2,
            "UPGRADING MISSING -",
            "error " + json("a.ReconciliationException", "Overlapping key prefixes", ""),
            new Refused(Reason.DEPLOY_FAILED, NAME + ": Overlapping key prefixes; correct that")));
  }

  @Test
  void aStoppedJobIsReadyOnlyIfItIsToBeStopped() {
    assertThat(health(2, "SUSPENDED READY FINISHED", "", WantedState.SUSPENDED))
        .isEqualTo(ChildHealth.READY);
    assertThat(health(2, "SUSPENDED READY FINISHED", "", WantedState.RUNNING))
        .isEqualTo(FROM_SAVEPOINT);
    assertThat(health(1, "STABLE READY RUNNING", "", WantedState.SUSPENDED))
        .isEqualTo(
            new Progressing(
                Reason.UPGRADING, "job card-fraud-v3 is being stopped with a savepoint; wait"));
  }

  @Test
  void whatIsNotThereWaitsUnlessItIsToBeStopped() {
    assertThat(FlinkHealth.of(null, expected(WantedState.SUSPENDED), NOW))
        .isEqualTo(ChildHealth.READY);
    assertThat(FlinkHealth.of(null, expected(WantedState.RUNNING), NOW))
        .isEqualTo(
            new Progressing(
                Reason.WAITING, NAME + " does not exist yet; it waits for topics and store"));
  }

  @Test
  void silenceForTwoMinutesMeansThatNobodyAnswers() {
    FlinkView young = FlinkView.of(Objects.untyped(object("2026-11-24T11:58:30Z", "")));
    FlinkView old = FlinkView.of(Objects.untyped(object("2026-11-24T11:58:00Z", "")));

    assertThat(FlinkHealth.of(young, expected(WantedState.RUNNING), NOW))
        .isEqualTo(new Progressing(Reason.STARTING, NAME + " has no status yet; wait"));
    assertThat(FlinkHealth.of(old, expected(WantedState.RUNNING), NOW))
        .isEqualTo(
            new Progressing(
                Reason.DEPLOY_FAILED,
                NAME
                    + " has had no status for 2m, no Flink operator answers in namespace fraud;"
                    + " ask the administrator"));
  }

  @Test
  void aFailedSavepointSaysWhatRunsOn() {
    String error =
        json(
            "org.apache.flink.kubernetes.operator.exception.UpgradeFailureException",
            "Savepoint Error",
            "org.apache.flink.runtime.checkpoint.CheckpointException: Checkpoint expired");

    assertThat(health(1, "STABLE READY RUNNING", "error " + error, WantedState.RUNNING))
        .isEqualTo(
            new Progressing(
                Reason.SAVEPOINT_FAILED,
                "savepoint of job card-fraud-v3 failed (CheckpointException), generation 6 runs on;"
                    + " check storage connection \"default\""));
  }

  @Test
  void readsTheViewUntyped() {
    FlinkView view =
        FlinkView.of(
            Objects.untyped(
                object(
                    "2026-11-24T11:00:00Z",
                    """
                    status:
                      observedGeneration: 2
                      lifecycleState: STABLE
                      jobManagerDeploymentStatus: READY
                      jobStatus: {state: RUNNING, jobId: %s, startTime: "1764000000000",
                        upgradeSavepointPath: "%s"}
                      error: Job Not Found
                    """
                        .formatted(ID, PATH))));

    assertThat(view.jobId()).isEqualTo(ID);
    assertThat(view.startTime()).contains(Instant.ofEpochMilli(1_764_000_000_000L));
    assertThat(view.savepoint()).contains(PATH);
    assertThat(view.error().orElseThrow().message()).isEqualTo("Job Not Found");
    assertThat(view.running()).isFalse();
  }

  @Test
  void aStatusOfAnyShapeIsNotReadyAndNeverThrows() {
    for (String status :
        new String[] {
          "status: 7",
          "status: [a]",
          "status: {jobStatus: [1], error: {a: b}}",
          "status: {observedGeneration: x, lifecycleState: {a: 1}, jobStatus: {jobId: ../../x}}",
          "status: {error: '{\"type\":\"T\",\"throwableList\":[null,7,{\"type\":[]}]}'}",
          "status: {error: '{\"type\":'}"
        }) {
      FlinkView view = FlinkView.of(Objects.untyped(object("2026-11-24T11:00:00Z", status)));

      assertThat(FlinkHealth.of(view, expected(WantedState.RUNNING), NOW))
          .isNotEqualTo(ChildHealth.READY);
      assertThat(view.jobId()).isEmpty();
    }
  }

  private static FlinkExpectation expected(WantedState wanted) {
    return new FlinkExpectation(REF, wanted, "default", 6);
  }

  /** {@code more} is pairs of a member and its value. */
  private static ChildHealth health(int observed, String states, String more, WantedState wanted) {
    String[] words = states.split(" ");
    var status = new StringBuilder("status:\n");
    status.append("  observedGeneration: ").append(observed).append('\n');
    status.append("  lifecycleState: ").append(words[0]).append('\n');
    status.append("  jobManagerDeploymentStatus: ").append(words[1]).append('\n');
    status.append("  jobStatus:\n    jobName: card-fraud-v3\n");
    if (!words[2].equals("-")) {
      status.append("    state: ").append(words[2]).append('\n');
    }
    int error = more.indexOf("error ");
    if (more.startsWith("upgradeSavepointPath ")) {
      String path = more.split(" ")[1];
      status.append("    upgradeSavepointPath: ").append(path).append('\n');
    }
    if (error >= 0) {
      status.append("  error: '").append(more.substring(error + 6)).append("'\n");
    }
    return FlinkHealth.of(
        FlinkView.of(Objects.untyped(object("2026-11-24T11:00:00Z", status.toString()))),
        expected(wanted),
        NOW);
  }

  private static String json(String type, String message, String cause) {
    String causes =
        cause.isEmpty()
            ? ""
            : "{\"type\":\"" + cause.split(":")[0] + "\",\"message\":\"" + cause + "\"}";
    return "{\"type\":\"%s\",\"message\":\"%s\",\"additionalMetadata\":{},\"throwableList\":[%s]}"
        .formatted(type, message, causes);
  }

  private static String object(String created, String status) {
    return """
        apiVersion: flink.apache.org/v1beta1
        kind: FlinkDeployment
        metadata: {name: card-fraud-v3, namespace: fraud, generation: 2, creationTimestamp: "%s"}
        spec: {flinkVersion: v2_2}
        """
            .formatted(created)
        + status;
  }
}
