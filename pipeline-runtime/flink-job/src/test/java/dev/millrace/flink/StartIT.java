package dev.millrace.flink;

import static dev.millrace.flink.stack.TestDefinitions.entity;
import static dev.millrace.flink.stack.TestDefinitions.feature;
import static dev.millrace.flink.stack.TestDefinitions.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.KafkaConnection;
import dev.millrace.contract.KnownFailure;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.flink.stack.EmbeddedRedis;
import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.flink.stack.TestDefinitions;
import io.lettuce.core.KillArgs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** When a job does not start, or does not go on, and how it says why (reliability.md §6). */
@ExtendWith(JobStack.Extension.class)
class StartIT {
  private static final long MINUTE = 60_000;

  @TempDir Path folder;

  @Test
  void refusesATopicThatDoesNotExist(JobStack stack) throws Exception {
    try (var run = JobRun.create(stack, "no-topic", definition("5m"), 1)) {
      run.topics().admin().deleteTopics(List.of(run.topics().events())).all().get();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertRefused(
                      () -> run.start(1),
                      Reason.TOPIC_NOT_FOUND,
                      "topic test.no-topic does not exist on Kafka at"));
      assertThat(run.offline().versions().versions()).isEmpty();
    }
  }

  @Test
  void refusesADefinitionOfANewerCodec(JobStack stack) throws Exception {
    try (var run = JobRun.create(stack, "newer", definition("5m"), 1)) {
      String json = DocumentCodec.write(run.document());
      Path file = folder.resolve("pipeline.json");
      Files.writeString(file, json.replaceFirst("\"codec\" : 1", "\"codec\" : 2"));
      assertRefused(
          () -> StreamJob.main(new String[] {file.toString()}),
          Reason.DEFINITION_REFUSED,
          "codec 2 is newer than 1, known to this job");
    }
  }

  @Test
  void refusesAVersionThatIsTakenByAnotherDefinitionOrTopic(JobStack stack) throws Exception {
    try (var run = JobRun.create(stack, "taken", definition("5m"), 1)) {
      run.topics().send(0, MINUTE, event(1, MINUTE));
      run.topics().flush();
      run.start(1);
      run.awaitConsumed();
      run.stop();

      run.revise(1, definition("10m"));
      assertRefused(() -> run.start(1), Reason.VERSION_TAKEN, "set spec.version: 2");

      run.revise(1, definition("5m"));
      run.topics().admin().deleteTopics(List.of(run.topics().events())).all().get();
      await().untilAsserted(() -> run.topics().create(run.topics().events(), 1));
      assertRefused(
          () -> run.start(1), Reason.VERSION_TAKEN, "was deleted and created again since");
    }
  }

  @Test
  void refusesToStartEmptyWhenThereIsSavedState(JobStack stack) throws Exception {
    try (var run = JobRun.create(stack, "empty-start", definition("5m"), 1)) {
      run.topics().send(0, MINUTE, event(1, MINUTE));
      run.topics().flush();
      run.start(1);
      run.awaitConsumed();
      run.stop();
      run.forgetSavepoint();

      run.start(1);

      awaitFailure(
          run,
          "MR/NotRestored: version 1 has saved state, the job found none and stopped itself;"
              + " restore the files or raise spec.version to replay the topic");
    }
  }

  @Test
  void saysWhichOffsetsWereLost(JobStack stack) throws Exception {
    try (var run = JobRun.create(stack, "lost", definition("5m"), 1)) {
      run.topics().send(0, MINUTE, event(1, MINUTE));
      run.topics().flush();
      run.start(1);
      run.awaitConsumed();
      run.stop();
      for (int i = 2; i < 10; i++) {
        run.topics().send(0, i * MINUTE, event(i, i * MINUTE));
      }
      run.topics().flush();
      var partition = new TopicPartition(run.topics().events(), 0);
      run.topics()
          .admin()
          .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(5)))
          .all()
          .get(20, TimeUnit.SECONDS);

      run.start(1);

      awaitFailure(
          run,
          "MR/OffsetsLost: topic test.lost partition 0 starts at 5, the job stood at 1; to go on"
              + " without these events set spec.version: 2");
    }
  }

  @Test
  void refusesStateThatIsOlderThanTheNewest(JobStack stack) throws Exception {
    try (var run = JobRun.create(stack, "old-state", definition("5m"), 1)) {
      run.topics().send(0, MINUTE, event(1, MINUTE));
      run.topics().flush();
      run.start(1);
      run.awaitConsumed();
      run.stop();
      long stopped = run.progress().checkpointId();
      run.start(1);
      run.awaitProgress(now -> assertThat(now.checkpointId()).isGreaterThan(stopped + 3));
      run.cancel();

      run.start(1);

      awaitFailure(run, "MR/NotRestored: version 1 has saved state of checkpoint ");
      assertThat(run.knownFailure().text()).contains(", the job found that of checkpoint ");
    }
  }

  @Test
  void waitsForAStoreThatIsUnsafeAndGoesOnWhenItIsNot(JobStack stack) throws Exception {
    try (var redis = EmbeddedRedis.start();
        var run = JobRun.create(stack, "unsafe", definition("5m"), 1)) {
      run.rewire(TestDefinitions.withRedis(run.document().wiring(), "127.0.0.1", redis.port()));
      redis.commands().configSet("maxmemory-policy", "allkeys-lru");
      run.topics().send(0, MINUTE, event(1, MINUTE));
      run.topics().flush();

      run.start(1);

      awaitFailure(run, "MR/UnsafeEviction: Redis at 127.0.0.1");
      redis.commands().configSet("maxmemory-policy", "noeviction");
      run.awaitConsumed();
      redis.commands().configSet("requirepass", "secret");
      redis.commands().clientKill(KillArgs.Builder.typeNormal().skipme());
      run.topics().send(0, 9 * MINUTE, event(2, 9 * MINUTE));
      run.topics().flush();
      awaitFailure(run, "MR/AccessDenied: Redis at 127.0.0.1");
      redis.commands().configSet("requirepass", "");
      run.awaitConsumed();
    }
  }

  @Test
  void refusesAStoreThatIsTooOldUnlessItIsThisMachines(JobStack stack) throws Exception {
    try (var redis = EmbeddedRedis.start();
        var run = JobRun.create(stack, "too-old", definition("5m"), 1)) {
      run.rewire(TestDefinitions.withRedis(run.document().wiring(), "127.0.0.2", redis.port()));
      redis.commands().configSet("bind", "127.0.0.1 127.0.0.2");
      run.start(1);
      awaitFailure(run, "MR/UnsupportedVersion: Redis at 127.0.0.2");
    }
  }

  @Test
  void waitsForKafkaOnceItsVersionIsRegistered(JobStack stack) throws Exception {
    try (var run = JobRun.create(stack, "kafka-away", definition("5m"), 1)) {
      run.topics().send(0, MINUTE, event(1, MINUTE));
      run.topics().flush();
      run.start(1);
      run.awaitConsumed();
      run.stop();
      var nowhere = new KafkaConnection("127.0.0.1:1", "");
      run.rewire(TestDefinitions.withKafka(run.document().wiring(), nowhere));

      run.start(1);

      awaitFailure(run, "MR/SourceUnreachable: Kafka at 127.0.0.1:1 does not answer: ");
    }
  }

  /** The operator's way: over REST, and a reason that it knows. */
  private static void awaitFailure(JobRun run, String message) {
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              KnownFailure failure = run.knownFailure();
              assertThat(failure).describedAs(run.lastFailure()).isNotNull();
              assertThat("MR/" + failure.reason().text() + ": " + failure.text())
                  .startsWith(message.substring(0, Math.min(message.length(), 200)));
            });
  }

  private static void assertRefused(ThrowingCallable start, Reason reason, String text) {
    assertThatThrownBy(start)
        .isInstanceOfSatisfying(
            MillraceFailure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure).hasMessageContaining(text);
              assertThat(KnownFailure.find(Throwables.getStackTrace(failure)))
                  .hasValueSatisfying(found -> assertThat(found.reason()).isEqualTo(reason));
            });
  }

  private static String event(long id, long ts) {
    return "{\"id\":%d,\"ts\":%d,\"name\":\"anna\"}".formatted(id, ts);
  }

  private static Definition definition(String window) {
    return TestDefinitions.definition(
        MINUTE,
        TestDefinitions.schema(
            MINUTE,
            field("id", ColumnType.LONG),
            field("ts", ColumnType.TIMESTAMP),
            field("name", ColumnType.STRING)),
        5 * MINUTE,
        60 * MINUTE,
        entity("person", "name", feature("n", Aggregation.COUNT, "", window)));
  }
}
