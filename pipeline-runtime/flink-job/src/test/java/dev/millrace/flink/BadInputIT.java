package dev.millrace.flink;

import static dev.millrace.flink.stack.TestDefinitions.field;
import static dev.millrace.flink.stack.TestDefinitions.nullable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.Feature;
import dev.millrace.contract.Precision;
import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.flink.stack.TestDefinitions;
import dev.millrace.flink.stack.TestTopics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every bad record gets its verdict and its place, and the good ones around it count. */
@ExtendWith(JobStack.Extension.class)
class BadInputIT {
  private static final long MINUTE = 60_000;
  private static final long NOW = 1_700_000_040_000L;
  private static final long YEAR_9999 = 253_402_300_799_000L;

  @Test
  void givesEveryBadRecordItsVerdictAndItsPlace(JobStack stack) throws Exception {
    try (var run = JobRun.create(stack, "bad-input", definition(), 1)) {
      TestTopics topics = run.topics();
      topics.send(0, NOW, event(1, NOW, "anna", "5.5"));
      topics.send(0, NOW, "{\"id\": 2, \"ts\":");
      topics.send(0, NOW, null);
      topics.send(0, NOW, event("null", NOW, "anna", "1"));
      topics.send(0, NOW, "{\"id\":3,\"ts\":%d,\"name\":null,\"amount\":1}".formatted(NOW));
      topics.send(0, NOW, event(4, NOW, "anna", "NaN"));
      topics.send(0, NOW, event(5, NOW, "anna", "\"NaN\""));
      topics.send(0, NOW, event(6, 0, "anna", "1"));
      topics.send(0, NOW, event(7, -1, "anna", "1"));
      topics.send(0, NOW, event(8, YEAR_9999, "anna", "1"));
      topics.send(0, NOW, event(9, 253_402_300_800_000L, "anna", "1"));
      topics.send(0, NOW, event(10, NOW + 60 * MINUTE, "anna", "1"));
      topics.send(0, NOW, event(11, NOW, "x".repeat(10_000_000), "1"));
      topics.send(0, NOW, event(12, NOW, "anna", "2.25,\"unknown\":{\"deep\":[1,{}]}"));
      topics.send(0, NOW, event(1, NOW, "anna", "999"));
      topics.send(0, NOW, event(13, NOW, "anna", "null"));
      topics.send(0, NOW, event(14, NOW, "anna", "8796093022208"));
      topics.send(0, NOW + 10 * MINUTE, event(15, NOW + 10 * MINUTE, "bob", "1"));
      topics.flush();
      run.start(2);

      var progress = run.awaitConsumed();
      run.stop();

      var dead = refused(topics, topics.dead());
      assertThat(dead)
          .containsEntry(1L, "MALFORMED")
          .containsEntry(2L, "EMPTY")
          .containsEntry(3L, "NULL_ID")
          .containsEntry(4L, "NULL_KEYS")
          .containsEntry(8L, "EVENT_TIME_OUT_OF_RANGE")
          .containsEntry(9L, "FROM_FUTURE")
          .containsEntry(10L, "EVENT_TIME_OUT_OF_RANGE")
          .containsEntry(11L, "FROM_FUTURE")
          .containsEntry(12L, "TOO_LARGE");
      assertThat(refused(topics, topics.late())).isEqualTo(Map.of(7L, "LATE"));
      Accounting counts = progress.accounting();
      assertThat(counts.adds()).isTrue();
      assertThat(counts.in()).isEqualTo(18);
      assertThat(counts.deadLettered()).isEqualTo(dead.size());
      assertThat(counts.duplicate()).isEqualTo(1);
      assertTruncated(topics);
      // 5.5 and 2.25: a copy, a null, a value out of range and 1/0 contribute nothing.
      Map<String, Object> row = rowOf(run, "anna", NOW - Math.floorMod(NOW, MINUTE) + MINUTE);
      assertThat(row).containsEntry("s_5m", 7.75).containsEntry("whole_5m", 2L);
      assertThat(row.get("n_5m")).isEqualTo(counts.accepted() - 1);
    }
  }

  private static void assertTruncated(TestTopics topics) {
    ConsumerRecord<byte[], byte[]> large =
        topics.read(topics.dead()).stream()
            .filter(record -> "12".equals(TestTopics.header(record, "offset")))
            .findFirst()
            .orElseThrow();
    assertThat(large.value()).hasSize(512 * 1024);
    assertThat(Long.parseLong(TestTopics.header(large, "truncated"))).isGreaterThan(10_000_000);
    assertThat(new String(large.value(), StandardCharsets.UTF_8)).startsWith("{\"id\":11,");
    assertThat(TestTopics.header(large, "timestamp")).isEqualTo(Long.toString(NOW));
  }

  private static Map<String, Object> rowOf(JobRun run, String name, long asOf) throws Exception {
    return run.featureRows("person").stream()
        .filter(row -> row.get("name").equals(name) && row.get("_asof").equals(asOf))
        .findFirst()
        .orElseThrow();
  }

  /** Reason by offset. */
  private static Map<Long, String> refused(TestTopics topics, String topic) {
    var reasons = new TreeMap<Long, String>();
    for (ConsumerRecord<byte[], byte[]> record : topics.read(topic)) {
      reasons.put(
          Long.valueOf(TestTopics.header(record, "offset")), TestTopics.header(record, "reason"));
    }
    return reasons;
  }

  private static String event(Object id, long ts, String name, String amount) {
    return "{\"id\":%s,\"ts\":%d,\"name\":\"%s\",\"amount\":%s}".formatted(id, ts, name, amount);
  }

  private static Definition definition() {
    return TestDefinitions.definition(
        MINUTE,
        TestDefinitions.schema(
            10_000,
            field("id", ColumnType.LONG),
            field("ts", ColumnType.TIMESTAMP),
            nullable("name", ColumnType.STRING),
            nullable("amount", ColumnType.DOUBLE)),
        5 * MINUTE,
        60 * MINUTE,
        new Entity(
            "person",
            List.of("name"),
            List.of(
                TestDefinitions.feature("n", Aggregation.COUNT, "", "5m"),
                TestDefinitions.feature("s", Aggregation.SUM, "amount", "5m"),
                // Fails where amount is 2.25: 10 / 0.
                new Feature(
                    "whole",
                    Aggregation.COUNT,
                    "",
                    "10 / (int(amount) - 2) > -1000",
                    List.of("5m"),
                    0,
                    "",
                    Precision.HOPPED,
                    "")),
            List.of()));
  }
}
