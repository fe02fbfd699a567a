package dev.millrace.flink.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.flink.stack.EmbeddedRedis;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of {@code :clock} against a real redis-server. */
class ClockWriterIT {
  private static final String KEY = "mr:{fraud/cards}:clock";

  private EmbeddedRedis redis;
  private volatile ClockWriter.Served answer;

  @BeforeEach
  void start() throws Exception {
    redis = EmbeddedRedis.start();
  }

  @AfterEach
  void stop() throws Exception {
    redis.close();
  }

  @Test
  void neverGoesBackWithinAVersion() throws Exception {
    assertThat(write(1, 60_000)).isTrue();
    assertThat(write(1, 9_000)).isFalse();
    assertThat(stored("asof")).isEqualTo("60000");
    assertThat(write(1, 120_000)).isTrue();
    assertThat(stored("asof")).isEqualTo("120000");
    assertThat(stored("version")).isEqualTo("1");
  }

  @Test
  void handsOverToAHigherVersionOnceItHasCaughtUp() throws Exception {
    assertThat(write(1, 120_000)).isTrue();
    assertThat(write(2, 60_000)).isFalse();
    assertThat(stored("version")).isEqualTo("1");
    assertThat(answer).isEqualTo(new ClockWriter.Served(1, 120_000));

    assertThat(write(2, 120_000)).isTrue();
    assertThat(stored("version")).isEqualTo("2");
    assertThat(write(1, 180_000)).isFalse();
    assertThat(answer).isEqualTo(new ClockWriter.Served(2, 120_000));
    assertThat(stored("asof")).isEqualTo("120000");
    assertThat(write(2, 180_000)).isTrue();
  }

  private String stored(String field) {
    return redis.commands().hget(KEY, field);
  }

  private boolean write(int version, long asOf) throws Exception {
    var address = new RedisAddress("127.0.0.1", redis.port(), false, "");
    var written = new CompletableFuture<Boolean>();
    try (var writer = new ClockWriter(address, KEY, version, 10_000)) {
      writer.begin();
      writer.write(
          asOf,
          (served, error) -> {
            if (error == null) {
              answer = served;
              written.complete(served.equals(new ClockWriter.Served(version, asOf)));
            } else {
              written.completeExceptionally(error);
            }
          });
      return written.get(10, TimeUnit.SECONDS);
    }
  }
}
