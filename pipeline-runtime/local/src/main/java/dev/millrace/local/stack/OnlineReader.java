package dev.millrace.local.stack;

import dev.millrace.contract.Entity;
import dev.millrace.contract.EntityKey;
import dev.millrace.contract.OnlineKeys;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.local.LocalFailure;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the online store as a service would (semantics.md §5): {@code :clock}, then one row. */
public final class OnlineReader implements AutoCloseable {
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;

  private OnlineReader(RedisClient client, StatefulRedisConnection<String, String> connection) {
    this.client = client;
    this.connection = connection;
  }

  /** Connects to Redis on 127.0.0.1. */
  public static OnlineReader connect(int port) {
    var uri =
        RedisURI.builder()
            .withHost("127.0.0.1")
            .withPort(port)
            .withTimeout(Duration.ofSeconds(10))
            .build();
    RedisClient client = RedisClient.create(uri);
    try {
      return new OnlineReader(client, client.connect());
    } catch (RedisException e) {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
      throw new LocalFailure("Redis on port " + port + " does not answer; is the stack up?", e);
    }
  }

  /**
   * A pipeline's clock.
   *
   * @param version version that readers use
   * @param asOf newest T whose rows are all there, epoch milliseconds
   * @param wall wall clock when that was so, epoch milliseconds
   */
  public record Clock(int version, long asOf, long wall) {}

  /** The clock, unless nothing was written yet. */
  public Optional<Clock> clock(String namespace, String pipeline) {
    Map<String, String> hash = connection.sync().hgetall(OnlineKeys.clock(namespace, pipeline));
    return hash.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Clock(
                Integer.parseInt(hash.get("version")),
                Long.parseLong(hash.get("asof")),
                Long.parseLong(hash.get("wall"))));
  }

  /** One row as Redis holds it, {@code _asof} included; empty when the key is missing. */
  public Map<String, String> row(
      PipelineDocument document, int version, Entity entity, List<String> keyParts) {
    String key = EntityKey.of(keyParts);
    return row(
        OnlineKeys.row(document.namespace(), document.pipeline(), entity.name(), key, version));
  }

  /** The HASH under a Redis key. */
  public Map<String, String> row(String redisKey) {
    return connection.sync().hgetall(redisKey);
  }

  /** The store's keys of a pattern with one {@code *}; blocks Redis, for small stores. */
  public List<String> keys(String pattern) {
    return connection.sync().keys(pattern);
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
