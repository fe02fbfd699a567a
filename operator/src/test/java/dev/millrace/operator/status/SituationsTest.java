package dev.millrace.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.Absence;
import dev.millrace.operator.observe.ChildHealth.Progressing;
import dev.millrace.operator.observe.ChildHealth.Refused;
import dev.millrace.operator.plan.PlanResult;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of reliability.md §4.4, a row per situation of a pipeline that ran before. */
class SituationsTest {
  private static final String NONE = " absent";

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void situations(
      String situation, Consumer<Scene> change, String reconciling, String stalled, String ready) {
    FeaturePipelineStatus ran = Scene.running().after(Scene.running().after(null));
    assertThat(Read.word(ran, "Ready")).isEqualTo("Ready=True/Running");
    Scene scene = Scene.running();
    change.accept(scene);

    FeaturePipelineStatus status = scene.after(ran);

    assertThat(Read.word(status, "Reconciling")).isEqualTo("Reconciling" + reconciling);
    assertThat(Read.word(status, "Stalled")).isEqualTo("Stalled" + stalled);
    assertThat(Read.word(status, "Ready")).isEqualTo("Ready" + ready);
  }

  static Stream<Arguments> situations() {
    return Stream.of(stalled(), reconciling(), away(), none()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> stalled() {
    return Stream.of(
        stalled("spec refused", SituationsTest::refuse, Reason.INVALID),
        stalled(
            "approval missing",
            scene -> scene.diff = Optional.of(Plans.diff(SHORTER)),
            Reason.APPROVAL_REQUIRED),
        stalled(
            "approval stale",
            scene ->
                scene.diff =
                    Optional.of(Plans.diff(SHORTER + "  rollout: {approvedPlan: \"deadbeef\"}\n")),
            Reason.APPROVAL_REQUIRED),
        stalled(
            "connection unknown",
            scene ->
                scene.planned =
                    Plans.planned(Plans.PIPELINE + "  offline: {connection: nowhere}\n"),
            Reason.INVALID),
        stalled(
            "schema incompatible",
            scene -> scene.failing(Reason.FIELD_MISMATCH, "subject has amount as string"),
            Reason.FIELD_MISMATCH),
        stalled(
            "unsafe Redis",
            scene -> scene.failing(Reason.UNSAFE_EVICTION, "allkeys-lru"),
            Reason.UNSAFE_EVICTION),
        stalled(
            "lost offsets",
            scene -> scene.failing(Reason.OFFSETS_LOST, "partition 3"),
            Reason.OFFSETS_LOST),
        stalled(
            "RBAC missing",
            scene -> scene.failures.add(ApplyFailure.of(Scene.JOB, Reason.FORBIDDEN, "cannot")),
            Reason.FORBIDDEN),
        stalled(
            "topic refused for good",
            scene -> scene.child(Scene.EVENTS, new Refused(Reason.TOPIC_NOT_READY, "no brokers")),
            Reason.TOPIC_NOT_READY),
        stalled(
            "Flink FAILED",
            scene -> scene.child(Scene.JOB, new Refused(Reason.DEPLOY_FAILED, "failed")),
            Reason.DEPLOY_FAILED),
        stalled(
            "a child's name is taken",
            scene ->
                scene.failures.add(
                    ApplyFailure.of(Scene.DEFINITION, Reason.CHILD_CONFLICT, "taken")),
            Reason.CHILD_CONFLICT));
  }

  private static Stream<Arguments> reconciling() {
    return Stream.of(
        waits(
            "reference missing",
            scene ->
                scene.planned = new PlanResult.Waiting<>(List.of(Absence.secret("fraud", "s"))),
            Reason.SECRET_NOT_FOUND),
        waits(
            "Secret missing",
            scene -> scene.missing.add(Absence.secretKey("fraud", "redis-default", "password")),
            Reason.SECRET_NOT_FOUND),
        waits(
            "child not ready",
            scene -> scene.child(Scene.EVENTS, new Progressing(Reason.TOPIC_NOT_READY, "no")),
            Reason.TOPIC_NOT_READY),
        waits(
            "child rejected",
            scene -> scene.failures.add(ApplyFailure.of(Scene.JOB, Reason.CHILD_REJECTED, "quota")),
            Reason.CHILD_REJECTED),
        waits(
            "CRD missing",
            scene ->
                scene.failures.add(
                    ApplyFailure.of(Scene.EVENTS, Reason.DEPENDENCY_MISSING, "install Strimzi")),
            Reason.DEPENDENCY_MISSING),
        waits(
            "upgrade under way",
            scene -> scene.child(Scene.JOB, new Progressing(Reason.UPGRADING, "savepoint")),
            Reason.UPGRADING),
        waits("replay under way", scene -> scene.replaying(60), Reason.REPLAYING),
        waits(
            "deletion under way",
            scene -> scene.deleting = Optional.of("waits for card-fraud-v3"),
            Reason.DELETING),
        waits(
            "job restarts",
            scene -> scene.child(Scene.JOB, new Progressing(Reason.RESTARTING, "again")),
            Reason.RESTARTING));
  }

  /** Ready is not touched. */
  private static Stream<Arguments> away() {
    return Stream.of(
        away(
            "API away",
            scene -> scene.failures.add(ApplyFailure.of(Scene.JOB, Reason.API_UNAVAILABLE, "503")),
            Reason.API_UNAVAILABLE),
        away(
            "Kafka away",
            scene -> scene.failing(Reason.SOURCE_UNREACHABLE, "no broker"),
            Reason.SOURCE_UNREACHABLE),
        away(
            "Redis away",
            scene -> scene.failing(Reason.ONLINE_STORE_UNREACHABLE, "refused"),
            Reason.ONLINE_STORE_UNREACHABLE),
        away(
            "storage away",
            scene -> scene.failing(Reason.STORAGE_FAILED, "503"),
            Reason.STORAGE_FAILED),
        away("REST away", scene -> scene.job(scene.job(3).missed(3)), Reason.JOB_UNREACHABLE));
  }

  private static Stream<Arguments> none() {
    return Stream.of(
        Arguments.of("all at this generation", change(scene -> {}), NONE, NONE, "=True/Running"),
        Arguments.of(
            "REST missed twice",
            change(scene -> scene.job(scene.job(3).missed(2))),
            NONE,
            NONE,
            "=True/Running"),
        Arguments.of(
            "suspended",
            change(scene -> scene.with(Plans.suspended())),
            NONE,
            NONE,
            "=True/Suspended"));
  }

  private static final String SHORTER =
      Plans.PIPELINE.replace("{name: payments.tx}", "{name: payments.tx, retention: 40d}");

  private static void refuse(Scene scene) {
    scene.planned = Plans.planned(Plans.PIPELINE.replace("windows: [1h]", "windows: [7s]"));
  }

  private static Arguments stalled(String situation, Consumer<Scene> change, Reason reason) {
    return Arguments.of(situation, change, NONE, "=True/" + reason.text(), notReady(reason));
  }

  private static Arguments waits(String situation, Consumer<Scene> change, Reason reason) {
    return Arguments.of(situation, change, "=True/" + reason.text(), NONE, notReady(reason));
  }

  private static Arguments away(String situation, Consumer<Scene> change, Reason reason) {
    return Arguments.of(situation, change, "=True/" + reason.text(), NONE, "=True/Running");
  }

  private static String notReady(Reason reason) {
    return "=False/" + reason.text();
  }

  private static Consumer<Scene> change(Consumer<Scene> change) {
    return change;
  }
}
