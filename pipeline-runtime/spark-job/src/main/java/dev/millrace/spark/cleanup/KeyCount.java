package dev.millrace.spark.cleanup;

import java.io.Serializable;

/**
 * Keys of some feature logs. Public because Spark moves it between tasks.
 *
 * @param listed keys that the logs name
 * @param deleted those that the store still held
 */
public record KeyCount(long listed, long deleted) implements Serializable {
  static final KeyCount NONE = new KeyCount(0, 0);

  KeyCount and(KeyCount other) {
    return new KeyCount(listed + other.listed, deleted + other.deleted);
  }
}
