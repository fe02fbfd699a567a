package dev.millrace.local.actor.cluster;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes over objects: at most one at a time for an object, one more when it changed meanwhile, and
 * again after the time that a pass asks for. A pass that throws is repeated with back-off.
 */
final class ControlLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
  private static final long FIRST_BACK_OFF_MILLIS = 200;
  private static final int MOST_DOUBLINGS = 6;

  /** One look at one object. */
  interface Pass {
    /** Returns when to look again; empty to wait for a change. */
    Optional<Duration> run(ObjectKey key) throws Exception;
  }

  private final String name;
  private final Pass pass;
  private final ScheduledExecutorService threads;
  private final Set<ObjectKey> running = new HashSet<>();
  private final Set<ObjectKey> again = new HashSet<>();
  private final Map<ObjectKey, Integer> failures = new ConcurrentHashMap<>();
  private final Map<ObjectKey, Long> due = new ConcurrentHashMap<>();
  private volatile boolean closed;

  ControlLoop(String name, int threadCount, Pass pass) {
    this.name = name;
    this.pass = pass;
    threads =
        Executors.newScheduledThreadPool(
            threadCount,
            task -> {
              var thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Looks at the object soon. */
  void add(ObjectKey key) {
    add(key, Duration.ZERO);
  }

  /** Looks at the object after a while, unless that is due earlier anyway. */
  void add(ObjectKey key, Duration after) {
    if (closed) {
      return;
    }
    long at = System.nanoTime() + after.toNanos();
    Long planned = due.merge(key, at, Math::min);
    if (planned == at) {
      threads.schedule(() -> start(key, at), after.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void start(ObjectKey key, long at) {
    if (closed || !due.remove(key, at)) {
      return; // an earlier look took its place
    }
    synchronized (running) {
      if (!running.add(key)) {
        again.add(key);
        return;
      }
    }
    Optional<Duration> next = Optional.empty();
    try {
      next = pass.run(key);
      failures.remove(key);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      next = Optional.of(backOff(key, e));
    } finally {
      boolean changed;
      synchronized (running) {
        running.remove(key);
        changed = again.remove(key);
      }
      (changed ? Optional.of(Duration.ZERO) : next).ifPresent(after -> add(key, after));
    }
  }

  private Duration backOff(ObjectKey key, Exception cause) {
    int count = failures.merge(key, 1, Integer::sum);
    if (!closed) {
      LOG.warn("{} {} failed, pass {} in a row", name, key, count, cause);
    }
    return Duration.ofMillis(FIRST_BACK_OFF_MILLIS << Math.min(count, MOST_DOUBLINGS));
  }

  /** Starts no more passes; one that runs is interrupted and awaited for a while. */
  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("{} does not end", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
