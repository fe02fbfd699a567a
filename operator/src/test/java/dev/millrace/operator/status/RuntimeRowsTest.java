package dev.millrace.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.Absence;
import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.observe.FlinkExpectation;
import dev.millrace.operator.observe.FlinkHealth;
import dev.millrace.operator.observe.FlinkView;
import dev.millrace.operator.observe.Objects;
import dev.millrace.operator.observe.OwnerConflict;
import dev.millrace.operator.observe.TopicExpectation;
import dev.millrace.operator.observe.TopicHealth;
import dev.millrace.operator.observe.WantedState;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows of the catalogue of bad input that show in a pipeline's status (reliability.md §6, tier
 * Runtime), with their texts. Where a job says the text, the row proves the place it shows in.
 */
class RuntimeRowsTest {
  private static final String BROKERS =
      "Unable to replicate the partition 4 time(s): The target replication factor of 4 cannot be"
          + " reached because only 3 broker(s) are registered";

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource
  void rows(int row, Consumer<Scene> change, String expected) {
    Scene scene = Scene.running();
    change.accept(scene);

    var status = scene.after(Scene.running().after(null));

    assertThat(Read.line(status, expected.substring(0, expected.indexOf('=')))).isEqualTo(expected);
    if (expected.startsWith("Ready=")) {
      return;
    }
    String why = expected.substring(expected.indexOf("False/"));
    assertThat(Read.line(status, "Ready")).isEqualTo("Ready=" + why);
  }

  static Stream<Arguments> rows() {
    return Stream.of(topics(), jobs(), changes(), tenants(), stores(), children())
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> topics() {
    String refused =
        "status: {observedGeneration: 1, conditions: [{type: Ready, status: \"False\", reason:"
            + " KafkaError, message: \"org.apache.kafka.common.errors."
            + "InvalidReplicationFactorException: "
            + BROKERS
            + ".\"}]}";
    return Stream.of(
        row(
            32,
            scene ->
                scene.failures.add(
                    ApplyFailure.of(
                        Scene.EVENTS,
                        Reason.TOPIC_CONFLICT,
                        OwnerConflict.topic(Scene.EVENTS, "5c1e1f3a-77", "fraud.payments.tx"))),
            "TopicsReady=False/TopicConflict: KafkaTopic kafka/fraud-payments-tx-5d0c91be has"
                + " another owner (uid 5c1e…); to read it, re-create this resource with topic:"
                + " {name: fraud.payments.tx, managed: false}"),
        row(
            33,
            failing(
                Reason.TOPIC_NOT_FOUND,
                "topic payments.tx does not exist on Kafka connection \"default\"; create it"),
            "TopicsReady=False/TopicNotFound: topic payments.tx does not exist on Kafka connection"
                + " \"default\"; create it"),
        row(
            34,
            scene -> scene.child(Scene.EVENTS, topic("")),
            "TopicsReady=False/Waiting: KafkaTopic kafka/fraud-payments-tx-5d0c91be has had no"
                + " status for 60s, no topic operator answers for cluster main in namespace kafka;"
                + " ask the administrator"),
        row(
            39,
            scene -> scene.child(Scene.EVENTS, topic(refused)),
            "TopicsReady=False/TopicNotReady: KafkaTopic kafka/fraud-payments-tx-5d0c91be: "
                + BROKERS
                + "; set spec.source.topic.replicas to 3 or add brokers"));
  }

  private static Stream<Arguments> jobs() {
    return Stream.of(
        said(
            67,
            "StreamRunning",
            Reason.OFFSETS_LOST,
            "topic fraud.payments.tx partition 3 starts at 8812, the job stood at 4410; to go on"
                + " without these events set spec.version: 4"),
        said(
            78,
            "StreamRunning",
            Reason.NOT_RESTORED,
            "version 3 has saved state, the job found none and stopped itself; restore the files"
                + " or raise spec.version to replay the topic"),
        said(
            79,
            "StreamRunning",
            Reason.DEFINITION_REFUSED,
            "codec 4 is newer than 3, known to this job; use the job image of the operator's"
                + " release"),
        said(
            80,
            "StreamRunning",
            Reason.DEFINITION_REFUSED,
            "definition 9a1f… hashes to 77c0…; delete ConfigMap fraud/card-fraud-9a1f, it is"
                + " written anew"));
  }

  private static Stream<Arguments> changes() {
    String error =
        """
        status:
          observedGeneration: 1
          lifecycleState: STABLE
          jobManagerDeploymentStatus: READY
          jobStatus: {state: RUNNING}
          error: '{"type":"a.UpgradeFailureException","message":"Savepoint Error","throwableList":
            [{"type":"b.CheckpointException","message":"expired"}]}'
        """;
    return Stream.of(
        row(
            76,
            scene ->
                scene.heldBack =
                    Optional.of("generation 7 waits for the savepoint of generation 6"),
            "DefinitionInSync=False/Upgrading: generation 7 waits for the savepoint of generation"
                + " 6"),
        row(
            77,
            scene -> scene.child(Scene.JOB, flink(error)),
            "DefinitionInSync=False/SavepointFailed: savepoint of job card-fraud-v3 failed"
                + " (CheckpointException), generation 6 runs on; check storage connection"
                + " \"default\""));
  }

  private static Stream<Arguments> tenants() {
    return Stream.of(
        row(
            99,
            scene -> scene.missing.add(Absence.secretKey("fraud", "redis-default", "password")),
            "ReferencesResolved=False/SecretNotFound: Secret fraud/redis-default has no key"
                + " \"password\"; create it"),
        row(
            100,
            scene -> scene.missing.add(Absence.serviceAccount("fraud", "millrace-flink")),
            "ReferencesResolved=False/TenantNotPrepared: namespace \"fraud\" has no service account"
                + " millrace-flink; add it to chart value tenants"),
        row(
            101,
            scene -> scene.missing.add(Absence.emptyKey("fraud", "redis-default", "password")),
            "ReferencesResolved=False/SecretInvalid: key \"password\" of Secret"
                + " fraud/redis-default is empty; set it"));
  }

  private static Stream<Arguments> stores() {
    return Stream.of(
        said(
            96,
            "OnlineStoreReady",
            Reason.UNSAFE_EVICTION,
            "Redis \"default\" has maxmemory-policy allkeys-lru, a lost key would read as an empty"
                + " window; set noeviction"),
        said(
            97,
            "OnlineStoreReady",
            Reason.ACCESS_DENIED,
            "Redis \"default\" refused the user in Secret fraud/redis-default; check the Secret or"
                + " the ACL"),
        said(
            98,
            "OnlineStoreReady",
            Reason.UNSUPPORTED_VERSION,
            "Redis \"default\" is 7.2.4, at least 7.2.11 is required (CVE-2025-49844); upgrade"
                + " it"));
  }

  private static Stream<Arguments> children() {
    var redis = new ChildRef("Service", "fraud", "card-redis");
    return Stream.of(
        row(
            130,
            scene ->
                scene.failures.add(
                    ApplyFailure.of(
                        redis, Reason.CHILD_CONFLICT, OwnerConflict.child(redis, "77abcdef"))),
            "Ready=False/ChildConflict: Service fraud/card-redis has another owner (uid 77ab…);"
                + " rename one of the two"),
        row(
            131,
            scene ->
                scene.failures.add(
                    ApplyFailure.of(
                        Scene.JOB,
                        Reason.CHILD_REJECTED,
                        Scene.JOB
                            + ": exceeded quota: compute; raise the quota or lower spec.stream")),
            "Ready=False/ChildRejected: FlinkDeployment fraud/card-fraud-v3: exceeded quota:"
                + " compute; raise the quota or lower spec.stream"));
  }

  private static Arguments row(int row, Consumer<Scene> change, String expected) {
    return Arguments.of(row, change, expected);
  }

  private static Arguments said(int row, String condition, Reason reason, String text) {
    return Arguments.of(
        row, failing(reason, text), condition + "=False/" + reason.text() + ": " + text);
  }

  private static Consumer<Scene> failing(Reason reason, String text) {
    return scene ->
        scene
            .failing(reason, text)
            .child(
                Scene.JOB,
                new ChildHealth.Progressing(
                    Reason.RESTARTING, "job card-fraud-v3 fails and is started again"));
  }

  private static ChildHealth topic(String status) {
    return TopicHealth.of(
        Objects.untyped(object("KafkaTopic", 1) + status),
        Scene.EVENTS,
        TopicExpectation.ofPipeline("main"),
        Scene.NOW);
  }

  private static ChildHealth flink(String status) {
    return FlinkHealth.of(
        FlinkView.of(Objects.untyped(object("FlinkDeployment", 2) + status)),
        new FlinkExpectation(Scene.JOB, WantedState.RUNNING, "default", 6),
        Scene.NOW);
  }

  private static String object(String kind, int generation) {
    return "kind: %s\nmetadata: {name: t, generation: %d, creationTimestamp: \"%s\"}\n"
        .formatted(kind, generation, Scene.NOW.minusSeconds(3600));
  }
}
