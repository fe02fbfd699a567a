package dev.millrace.flink;

import static dev.millrace.flink.stack.TestDefinitions.entity;
import static dev.millrace.flink.stack.TestDefinitions.feature;
import static dev.millrace.flink.stack.TestDefinitions.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.ProgressFile;
import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.flink.stack.TestDefinitions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One entity, Count and Sum: the whole way from Kafka to Redis and Parquet, by hand. */
@ExtendWith(JobStack.Extension.class)
class SmallestJobIT {
  private static final long MINUTE = 60_000;

  @Test
  void countsAndSumsFromKafkaToRedisAndParquet(JobStack stack) throws Exception {
    try (var run = JobRun.create(stack, "smallest", definition(), 1)) {
      run.topics().send(0, 10_000, event(1, 10_000, "anna", 5));
      run.topics().send(0, 20_000, event(2, 20_000, "anna", 7));
      run.topics().send(0, 20_000, event(2, 20_000, "anna", 7));
      run.topics().send(0, 30_000, event(3, 30_000, "b/o b", 1));
      run.topics().send(0, 10 * MINUTE, event(4, 10 * MINUTE, "carl", 1));
      run.topics().flush();
      run.start(1);

      ProgressFile progress = run.awaitConsumed();
      run.stop();

      assertThat(progress.archiveClock()).isEqualTo(9 * MINUTE);
      assertThat(progress.accounting()).isEqualTo(new Accounting(5, 4, 1, 0, 0, 0, 4, 4));
      assertThat(run.featureRows("person"))
          .containsExactlyInAnyOrder(
              row("anna", MINUTE, 2, 12L),
              row("b/o b", MINUTE, 1, 1L),
              row("anna", 6 * MINUTE, 0, 0L),
              row("b/o b", 6 * MINUTE, 0, 0L));
      assertThat(run.archivedEvents()).hasSize(4);
      assertThat(run.online("person", "anna"))
          .isEqualTo(Map.of("_asof", Long.toString(6 * MINUTE)));
      await()
          .untilAsserted(
              () -> assertThat(run.clock()).containsEntry("asof", Long.toString(9 * MINUTE)));
      assertThat(run.clock()).containsEntry("version", "1");
    }
  }

  private static Map<String, Object> row(String name, long asOf, long count, Long sum) {
    return Map.of("name", name, "_asof", asOf, "n_5m", count, "s_5m", sum);
  }

  private static String event(long id, long ts, String name, long amount) {
    return "{\"id\":%d,\"ts\":%d,\"name\":\"%s\",\"amount\":%d,\"more\":[1]}"
        .formatted(id, ts, name, amount);
  }

  private static Definition definition() {
    return TestDefinitions.definition(
        MINUTE,
        TestDefinitions.schema(
            MINUTE,
            field("id", ColumnType.LONG),
            field("ts", ColumnType.TIMESTAMP),
            field("name", ColumnType.STRING),
            field("amount", ColumnType.LONG)),
        5 * MINUTE,
        60 * MINUTE,
        entity(
            "person",
            "name",
            feature("n", Aggregation.COUNT, "", "5m"),
            feature("s", Aggregation.SUM, "amount", "5m")));
  }
}
