package dev.millrace.flink.online;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One small command per T, guarded by {@link Scripts#CLOCK}. */
final class ClockWriter implements AutoCloseable {
  /**
   * What {@code :clock} says.
   *
   * @param version the version that readers use
   * @param asOf its T
   */
  record Served(int version, long asOf) {}

  /** Receives the outcome on the client's thread. */
  interface Outcome {
    /**
     * @param served what the clock says now; null after an error
     * @param error why Redis did not take the command, or null
     */
    void written(Served served, Throwable error);
  }

  private final RedisAddress address;
  private final String digest =
      new String(Scripts.digest(Scripts.CLOCK), StandardCharsets.US_ASCII);
  private final byte[][] key;
  private final byte[] version;
  private final long patienceNanos;
  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> connection;
  private long beganNanos;

  ClockWriter(RedisAddress address, String key, int version, long patienceMillis) {
    this.address = address;
    this.key = new byte[][] {key.getBytes(StandardCharsets.UTF_8)};
    this.version = number(version);
    patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    client = address.client();
    try {
      connection = client.connect(ByteArrayCodec.INSTANCE);
      connection.sync().scriptLoad(Scripts.CLOCK);
    } catch (RedisException e) {
      client.shutdown();
      throw RedisErrors.failure(address, e);
    }
  }

  /** Sends the clock; one write at a time. */
  void write(long gridPoint, Outcome outcome) {
    connection
        .async()
        .<List<Object>>evalsha(
            digest,
            ScriptOutputType.MULTI,
            key,
            version,
            number(gridPoint),
            number(System.currentTimeMillis()))
        .whenComplete(
            (answer, error) -> outcome.written(error == null ? served(answer) : null, error));
  }

  private static Served served(List<Object> answer) {
    return new Served(((Number) answer.get(0)).intValue(), ((Number) answer.get(1)).longValue());
  }

  /** Prepares the next attempt after an error, or fails when Redis has refused for too long. */
  void failIfTooLong(Throwable error) {
    String text = String.valueOf(error.getMessage());
    if (RedisErrors.isMissingScript(text)) {
      connection.async().scriptLoad(Scripts.CLOCK);
    }
    if (RedisErrors.isFinal(text) || System.nanoTime() - beganNanos > patienceNanos) {
      throw RedisErrors.failure(address, text, error);
    }
  }

  /** Starts Redis's time to take the next write, attempts included. */
  void begin() {
    beganNanos = System.nanoTime();
  }

  private static byte[] number(long value) {
    return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown(0, 2, TimeUnit.SECONDS);
  }
}
