package dev.millrace.flink.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.contract.EntityKey;
import dev.millrace.contract.OnlineKeys;
import dev.millrace.contract.ProgressFile;
import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.testkit.LogRecord;
import dev.millrace.testkit.StreamShape.Disorder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Failures in the middle of the stream change nothing that is written. */
@ExtendWith(JobStack.Extension.class)
class SurvivalIT {
  @Test
  void writesTheSameAlthoughTaskManagersDie(JobStack stack) throws Exception {
    long seed = ShopLog.seed("killed");
    List<LogRecord> log = ShopLog.shop(ShopLog.generate(seed, 1_200, Disorder.EVERYTHING));
    try (var run = create(stack, "killed-" + seed);
        var watch = new AsOfWatch(run.document(), keys(run, log))) {
      run.start(2);
      for (int part = 0; part < 4; part++) {
        ShopLog.send(run, log.subList(300 * part, 300 * (part + 1)));
        if (part < 3) {
          awaitAnotherCheckpoint(run);
          stack.replaceTaskManager();
        }
      }
      run.awaitConsumed();
      run.stop();
      Expected.of(log).check(run);
      assertThat(watch.wentBack()).isEmpty();
      assertThat(watch.reads()).isPositive();
    }
  }

  @Test
  void losesNothingWhileRedisRefusesWrites(JobStack stack) throws Exception {
    long seed = ShopLog.seed("refused");
    List<LogRecord> log = ShopLog.shop(ShopLog.generate(seed, 600, Disorder.EVERYTHING));
    var redis = stack.redis().commands();
    try (var run = create(stack, "refused")) {
      ShopLog.send(run, log.subList(0, 300));
      run.start(2);
      ProgressFile before = run.awaitConsumed();
      redis.configSet("min-replicas-to-write", "1");
      ShopLog.send(run, log.subList(300, 600));
      // Every write is refused for want of replicas: the clock stops, and so do checkpoints.
      await()
          .during(Duration.ofSeconds(3))
          .atMost(Duration.ofSeconds(10))
          .until(() -> run.progress().accounting().in() == before.accounting().in());
      redis.configSet("min-replicas-to-write", "0");
      run.awaitConsumed();
      run.stop();
      Expected.of(log).check(run);
    } finally {
      redis.configSet("min-replicas-to-write", "0");
    }
  }

  private static JobRun create(JobStack stack, String name) throws Exception {
    return JobRun.create(stack, name, ShopStream.definition(), ShopLog.PARTITIONS);
  }

  private static void awaitAnotherCheckpoint(JobRun run) {
    ProgressFile before = run.progress();
    long last = before == null ? 0 : before.checkpointId();
    run.awaitProgress(progress -> assertThat(progress.checkpointId()).isGreaterThan(last));
  }

  private static List<String> keys(JobRun run, List<LogRecord> log) {
    String namespace = run.document().namespace();
    String pipeline = run.document().pipeline();
    return log.stream()
        .map(record -> record.keys().get(0))
        .filter(key -> key != null)
        .distinct()
        .map(key -> EntityKey.of(List.of(key)))
        .map(key -> OnlineKeys.row(namespace, pipeline, "buyer", key, 1))
        .toList();
  }
}
