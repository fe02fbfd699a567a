package dev.millrace.local.stack;

import dev.millrace.contract.OnlineKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Polls every row of Redis and notes each {@code _asof} that goes back, as a service sees it. */
final class AsOfReader implements AutoCloseable {
  private final OnlineReader online;
  private final Map<String, Long> newest = new HashMap<>();
  private final Queue<String> decreases = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::poll, "reader of _asof");
  private volatile boolean stopped;
  private volatile long reads;

  AsOfReader(int redisPort) {
    online = OnlineReader.connect(redisPort);
    thread.start();
  }

  /** What went back, as {@code key: from → to}. */
  Queue<String> decreases() {
    return decreases;
  }

  long reads() {
    return reads;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
    online.close();
  }

  private void poll() {
    while (!stopped) {
      for (String key : online.keys("mr:*:v*")) {
        String text = online.row(key).get(OnlineKeys.AS_OF);
        long asOf = text == null ? Long.MIN_VALUE : Long.parseLong(text);
        Long before = newest.put(key, asOf);
        if (before != null && asOf < before) {
          decreases.add(key + ": " + before + " → " + asOf);
        }
        reads++;
      }
    }
  }
}
