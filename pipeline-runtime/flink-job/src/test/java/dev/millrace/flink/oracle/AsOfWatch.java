package dev.millrace.flink.oracle;

import dev.millrace.contract.OnlineKeys;
import dev.millrace.contract.PipelineDocument;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A reader that polls Redis as fast as it can and notes every T that goes back. */
final class AsOfWatch implements AutoCloseable {
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> redis;
  private final List<String> rows;
  private final String clock;
  private final Map<String, Long> last = new HashMap<>();
  private final Thread thread = new Thread(this::poll, "as-of watch");
  private volatile boolean closed;
  private volatile String wentBack = "";
  private volatile long reads;

  /**
   * @param rows keys of rows in Redis
   */
  AsOfWatch(PipelineDocument document, List<String> rows) {
    this.rows = rows;
    clock = OnlineKeys.clock(document.namespace(), document.pipeline());
    client = RedisClient.create(RedisURI.create("127.0.0.1", document.wiring().redisPort()));
    redis = client.connect();
    thread.start();
  }

  private void poll() {
    while (!closed) {
      rows.forEach(row -> read(row, OnlineKeys.AS_OF));
      read(clock, "asof");
      reads++;
    }
  }

  private void read(String key, String field) {
    String text = redis.sync().hget(key, field);
    long asOf = text == null ? Long.MIN_VALUE : Long.parseLong(text);
    Long before = last.put(key, asOf);
    if (before != null && asOf < before) {
      wentBack += key + " went from " + before + " to " + asOf + "\n";
    }
  }

  /** What went back, one per line; empty if nothing did. */
  String wentBack() {
    return wentBack;
  }

  /** Rounds over all keys so far. */
  long reads() {
    return reads;
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
    redis.close();
    client.shutdown();
  }
}
