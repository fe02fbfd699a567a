package dev.millrace.flink.online;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Guarded writes on one connection, pipelined: sent in batches, bounded in bytes, acknowledged in
 * order, sent again until Redis takes them or patience ends (performance.md §3.12). Sending twice
 * and out of order is harmless because every write is guarded. Used by one thread.
 */
final class RowPipeline implements AutoCloseable {
  /** Rows per flush. */
  static final int BATCH = 256;

  /** Bytes that may be unacknowledged. */
  static final long BYTES_IN_FLIGHT = 4L << 20;

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final RedisAddress address;
  private final long patienceNanos;
  private final Runnable answered;
  private final RedisClient client;
  private final DiskConfirmation disk;
  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final ArrayDeque<RowWrite> inFlight = new ArrayDeque<>();

  private long bytes;
  private long sent;
  private long acknowledged;
  private int unflushed;
  private long progressNanos;
  private long retriedNanos;
  private String lastError = "it does not answer";

  /**
   * Connects and loads the script.
   *
   * @param patienceMillis how long Redis may refuse or stay silent before the job fails
   * @param answered called on the client's thread for every answer
   */
  RowPipeline(RedisAddress address, long patienceMillis, Runnable answered) {
    this.address = address;
    this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    this.answered = answered;
    client = address.client();
    disk = new DiskConfirmation(address, client, patienceMillis);
    try {
      connection = client.connect(ByteArrayCodec.INSTANCE);
      connection.sync().scriptLoad(Scripts.ROW);
      disk.begin(connection.sync().info("server"), connection.sync().info("persistence"));
      connection.setAutoFlushCommands(false);
    } catch (RedisException e) {
      client.shutdown();
      throw RedisErrors.failure(address, e);
    }
  }

  /** Sends a row; waits while too much is unacknowledged. */
  void send(RowWrite row) throws InterruptedException {
    if (inFlight.isEmpty()) {
      progressNanos = System.nanoTime();
    }
    inFlight.add(row);
    bytes += row.bytes();
    sent++;
    connection.dispatch(row.attempt(answered));
    if (++unflushed >= BATCH) {
      flush();
      poll();
    }
    while (bytes > BYTES_IN_FLIGHT) {
      pause();
    }
  }

  /** Puts what was sent on the wire. */
  void flush() {
    unflushed = 0;
    connection.flushCommands();
  }

  boolean hasUnflushed() {
    return unflushed > 0;
  }

  /** Rows sent so far. */
  long sent() {
    return sent;
  }

  /** Rows acknowledged so far, without a gap. */
  long acknowledged() {
    return acknowledged;
  }

  /** Waits until every row is acknowledged. */
  void drain() throws InterruptedException {
    flush();
    poll();
    while (!inFlight.isEmpty()) {
      pause();
    }
  }

  /** Waits until every row is acknowledged and, where Redis can tell, on its disk. */
  void settle() throws InterruptedException {
    drain();
    disk.await(connection, acknowledged);
  }

  /** Whether the rows were on Redis's disk when they were last settled. */
  boolean isDurable() {
    return disk.isDurable();
  }

  private void pause() throws InterruptedException {
    flush();
    LockSupport.parkNanos(PARK_NANOS);
    if (Thread.interrupted()) {
      throw new InterruptedException("stopped while Redis owes " + inFlight.size() + " answers");
    }
    poll();
  }

  /** Takes answers in, sends refused rows again, and fails once patience has ended. */
  void poll() {
    while (!inFlight.isEmpty() && inFlight.peek().isAcknowledged()) {
      bytes -= inFlight.poll().bytes();
      acknowledged++;
      progressNanos = System.nanoTime();
    }
    if (inFlight.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    if (inFlight.peek().refusal() != null && now - retriedNanos > RETRY_NANOS) {
      retriedNanos = now;
      sendRefusedAgain();
    }
    if (now - progressNanos > patienceNanos) {
      throw RedisErrors.failure(address, lastError, null);
    }
  }

  private void sendRefusedAgain() {
    boolean scriptLoaded = false;
    for (RowWrite row : inFlight) {
      String refusal = row.refusal();
      if (refusal == null) {
        continue;
      }
      lastError = refusal;
      if (RedisErrors.isFinal(refusal)) {
        throw RedisErrors.failure(address, refusal, null);
      }
      if (RedisErrors.isMissingScript(refusal) && !scriptLoaded) {
        connection.async().scriptLoad(Scripts.ROW);
        scriptLoaded = true;
      }
      connection.dispatch(row.attempt(answered));
    }
    flush();
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown(0, 2, TimeUnit.SECONDS);
  }
}
