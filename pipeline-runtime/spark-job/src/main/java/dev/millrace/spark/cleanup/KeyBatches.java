package dev.millrace.spark.cleanup;

import dev.millrace.contract.EntityKey;
import dev.millrace.contract.OnlineKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Deletes the keys of one partition of a feature log's keys, many per round trip. */
record KeyBatches(OnlineStore store, String namespace, String pipeline, String entity, int version)
    implements MapPartitionsFunction<Row, KeyCount> {
  private static final int BATCH = 1_000;

  @Override
  public Iterator<KeyCount> call(Iterator<Row> keys) {
    var count = KeyCount.NONE;
    if (keys.hasNext()) {
      try (var redis = store.connect()) {
        while (keys.hasNext()) {
          count = count.and(batch(redis, keys));
        }
      } catch (JedisException e) {
        throw store.failure(e);
      }
    }
    return List.of(count).iterator();
  }

  private KeyCount batch(Jedis redis, Iterator<Row> keys) {
    var batch = new ArrayList<String>(BATCH);
    while (batch.size() < BATCH && keys.hasNext()) {
      batch.add(OnlineKeys.row(namespace, pipeline, entity, canonical(keys.next()), version));
    }
    return new KeyCount(batch.size(), OnlineStore.delete(redis, batch));
  }

  /** The key's text as the stream wrote it ({@link EntityKey}). */
  static String canonical(Row key) {
    var parts = new ArrayList<String>(key.size());
    for (int i = 0; i < key.size(); i++) {
      Object part = key.get(i);
      parts.add(
          part instanceof Instant instant
              ? String.valueOf(instant.toEpochMilli())
              : String.valueOf(part));
    }
    return EntityKey.of(parts);
  }
}
