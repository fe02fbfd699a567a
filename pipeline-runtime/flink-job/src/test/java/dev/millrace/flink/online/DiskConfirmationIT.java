package dev.millrace.flink.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.flink.stack.EmbeddedRedis;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** A checkpoint's rows are on Redis's disk where Redis can tell (reliability.md §3.6). */
class DiskConfirmationIT {
  @Test
  void asksOncePerCheckpointAfterTheRows() throws Exception {
    try (var redis = new FakeRedis("7.2.11");
        var rows = pipeline(redis.address())) {
      rows.send(row());
      rows.send(row());
      rows.settle();
      assertThat(rows.isDurable()).isTrue();
      assertThat(redis.commands())
          .containsSubsequence("EVALSHA", "EVALSHA", "WAITAOF")
          .containsOnlyOnce("WAITAOF");
    }
  }

  @Test
  void failsTheCheckpointWhenTheDiskDoesNotTakeTheRows() throws Exception {
    try (var redis = new FakeRedis("8.2.2");
        var rows = pipeline(redis.address())) {
      redis.waitAof = "*2\r\n:0\r\n:0\r\n";
      rows.send(row());
      assertThatThrownBy(rows::settle)
          .hasMessageStartingWith("MR/OnlineStoreUnreachable: ")
          .hasMessageContaining("its disk did not take the rows");
    }
  }

  @Test
  void saysThatAStoreWithoutAppendOnlyFileIsNotDurable() throws Exception {
    try (var redis = new FakeRedis("7.4.6");
        var rows = pipeline(redis.address())) {
      redis.waitAof =
          "-ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.\r\n";
      rows.send(row());
      rows.settle();
      assertThat(rows.isDurable()).isFalse();
    }
  }

  @Test
  void countsRowsOfALostConnectionAsLost() throws Exception {
    try (var redis = new FakeRedis("7.2.11");
        var rows = pipeline(redis.address())) {
      rows.send(row());
      rows.settle();
      rows.send(row());
      rows.drain();
      redis.disconnect();
      await().until(() -> Collections.frequency(redis.commands(), "HELLO") > 1);
      rows.send(row());
      assertThatThrownBy(rows::settle)
          .hasMessageContaining("the connection was lost before the rows were on its disk");
    }
  }

  @Test
  void doesNotAskAServerThatCannotTell() throws Exception {
    try (var redis = EmbeddedRedis.start("appendonly yes");
        var rows = pipeline(new RedisAddress("127.0.0.1", redis.port(), false, ""))) {
      rows.settle();
      assertThat(rows.isDurable()).isFalse();
    }
    try (var redis = new FakeRedis("7.0.15");
        var rows = pipeline(redis.address())) {
      rows.send(row());
      rows.settle();
      assertThat(redis.commands()).contains("EVALSHA").doesNotContain("WAITAOF");
    }
  }

  private static RowPipeline pipeline(RedisAddress address) {
    return new RowPipeline(address, 2_000, () -> {});
  }

  private static RowWrite row() {
    return new RowWrite("$1\r\n0\r\n".getBytes(StandardCharsets.US_ASCII), 1);
  }
}
