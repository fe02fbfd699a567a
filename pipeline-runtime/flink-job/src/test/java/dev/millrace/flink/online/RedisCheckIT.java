package dev.millrace.flink.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.flink.stack.EmbeddedRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store must be like, asked of real servers (reliability.md rows 96–98). */
class RedisCheckIT {
  @TempDir Path folder;

  @Test
  void refusesAStoreThatEvicts() throws Exception {
    try (var redis = EmbeddedRedis.start()) {
      RedisCheck.run(address(redis, ""));
      redis.commands().configSet("maxmemory-policy", "allkeys-lru");
      assertRefused(address(redis, ""), Reason.UNSAFE_EVICTION, "allkeys-lru");
    }
  }

  @Test
  void saysThatTheUserWasRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "secret\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "other");
    try (var redis = EmbeddedRedis.start()) {
      redis.commands().configSet("requirepass", "secret");
      assertRefused(address(redis, ""), Reason.ACCESS_DENIED, "NOAUTH");
      assertRefused(address(redis, wrong.toString()), Reason.ACCESS_DENIED, "WRONGPASS");
      assertThatCode(() -> RedisCheck.run(address(redis, file.toString())))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void saysThatNobodyAnswers() throws Exception {
    int port;
    try (var redis = EmbeddedRedis.start()) {
      port = redis.port();
    }
    assertRefused(
        new RedisAddress("127.0.0.1", port, false, ""), Reason.ONLINE_STORE_UNREACHABLE, "");
  }

  @Test
  void knowsTheLowestSafePatchOfEveryLine() {
    assertThat(RedisCheck.lowestSafe("6.2.11")).isEqualTo("6.2.20");
    assertThat(RedisCheck.lowestSafe("6.2.20")).isEmpty();
    assertThat(RedisCheck.lowestSafe("7.0.15")).isEqualTo("7.4.6");
    assertThat(RedisCheck.lowestSafe("7.2.4")).isEqualTo("7.2.11");
    assertThat(RedisCheck.lowestSafe("8.2.2")).isEmpty();
    assertThat(RedisCheck.lowestSafe("8.6.3")).isEmpty();
    assertThat(RedisCheck.lowestSafe("5.0.3")).isEqualTo("6.2.20");
  }

  private static RedisAddress address(EmbeddedRedis redis, String passwordFile) {
    return new RedisAddress("127.0.0.1", redis.port(), false, passwordFile);
  }

  private static void assertRefused(RedisAddress address, Reason reason, String text) {
    assertThatThrownBy(() -> RedisCheck.run(address))
        .isInstanceOfSatisfying(
            MillraceFailure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure).hasMessageContaining(text);
            });
  }
}
