package dev.millrace.flink.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.binding.FeatureRow;
import dev.millrace.binding.OutputColumn;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.flink.stack.EmbeddedRedis;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Guarded writes against a real redis-server. */
class RowPipelineIT {
  private static final long TTL = 600_000;
  private static EmbeddedRedis redis;

  private final List<OutputColumn> columns =
      List.of(
          new OutputColumn("n_5m", ColumnType.LONG),
          new OutputColumn("last_5m", ColumnType.STRING),
          new OutputColumn("sum_5m", ColumnType.decimal(2)));
  private final RowEncoder encoder = new RowEncoder("fraud", "cards", "card", 3, TTL, columns);
  private final FeatureRow row = new FeatureRow(columns);

  @BeforeAll
  static void start() throws Exception {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stop() throws Exception {
    redis.close();
  }

  @Test
  void writesColumnsAsTextAndLeavesNullsOut() throws Exception {
    try (var rows = pipeline()) {
      rows.send(row("a|b", 60_000, 7L, "münze", 1234L));
      rows.send(row("c", 60_000, 7L, null, null));
      rows.drain();
      assertThat(rows.acknowledged()).isEqualTo(2);
    }
    assertThat(stored("a|b"))
        .isEqualTo(Map.of("_asof", "60000", "n_5m", "7", "last_5m", "münze", "sum_5m", "12.34"));
    assertThat(stored("c")).isEqualTo(Map.of("_asof", "60000", "n_5m", "7"));
    assertThat(redis.commands().pttl(key("c"))).isBetween(TTL - 60_000, TTL);
  }

  @Test
  void ignoresAnOlderRowAndOverwritesWithAnEqualOne() throws Exception {
    try (var rows = pipeline()) {
      rows.send(row("guard", 100_000, 1L, "x", null));
      rows.send(row("guard", 99_000, 2L, null, null));
      rows.drain();
      assertThat(stored("guard")).containsEntry("n_5m", "1").containsEntry("_asof", "100000");

      rows.send(row("guard", 100_000, 3L, null, null));
      rows.drain();
      assertThat(stored("guard")).isEqualTo(Map.of("_asof", "100000", "n_5m", "3"));

      rows.send(row("guard", 1_000_000, 4L, null, null));
      rows.drain();
      assertThat(stored("guard")).containsEntry("n_5m", "4");
    }
  }

  @Test
  void keepsTheGuardOfAnEmptiedKeyAsATombstone() throws Exception {
    try (var rows = pipeline()) {
      rows.send(row("gone", 100_000, 1L, "x", 1L));
      row.clear();
      row.asOf = 200_000;
      row.tombstone = true;
      row.setBits(0, 0);
      rows.send(encoder.encode("gone", row));
      row.tombstone = false;
      rows.send(row("gone", 150_000, 1L, "x", 1L));
      rows.drain();
    }
    assertThat(stored("gone")).isEqualTo(Map.of("_asof", "200000"));
  }

  @Test
  void loadsTheScriptAgainWhenRedisHasForgottenIt() throws Exception {
    try (var rows = pipeline()) {
      redis.commands().scriptFlush();
      for (int i = 0; i < 1_000; i++) {
        rows.send(row("flushed" + i, 60_000, i, null, null));
      }
      rows.drain();
    }
    assertThat(stored("flushed999")).containsEntry("n_5m", "999");
  }

  @Test
  void waitsWhileRedisIsOutOfMemoryAndLosesNothing() throws Exception {
    try (var rows = pipeline()) {
      rows.send(row("before", 60_000, 1L, null, null));
      rows.drain();
      redis.commands().configSet("maxmemory", "1");
      for (int i = 0; i < 300; i++) {
        rows.send(row("full" + i, 60_000, i, null, null));
      }
      rows.flush();
      assertThat(rows.acknowledged()).isEqualTo(1);
      redis.commands().configSet("maxmemory", "0");
      rows.drain();
      assertThat(rows.acknowledged()).isEqualTo(301);
    }
    assertThat(stored("full299")).containsEntry("n_5m", "299");
  }

  @Test
  void failsWithItsReasonWhenRedisRefusesForTooLong() throws Exception {
    try (var rows = new RowPipeline(address(), 300, () -> {})) {
      redis.commands().configSet("maxmemory", "1");
      rows.send(row("never", 60_000, 1L, null, null));
      assertThatThrownBy(rows::drain)
          .isInstanceOfSatisfying(
              MillraceFailure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.OUT_OF_MEMORY));
    } finally {
      redis.commands().configSet("maxmemory", "0");
    }
    assertThat(stored("never")).isEmpty();
  }

  private RowPipeline pipeline() {
    return new RowPipeline(address(), 30_000, () -> {});
  }

  private static RedisAddress address() {
    return new RedisAddress("127.0.0.1", redis.port(), false, "");
  }

  private RowWrite row(String key, long asOf, long count, String last, Long sum) {
    row.clear();
    row.asOf = asOf;
    row.setBits(0, count);
    if (last != null) {
      row.setText(1, last.getBytes(StandardCharsets.UTF_8));
    }
    if (sum != null) {
      row.setBits(2, sum);
    }
    return encoder.encode(key, row);
  }

  private static String key(String key) {
    return "mr:{fraud/cards/card:" + key + "}:v3";
  }

  private static Map<String, String> stored(String key) {
    return redis.commands().hgetall(key(key));
  }
}
