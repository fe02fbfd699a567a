package dev.millrace.flink.online;

import dev.millrace.contract.MillraceFailure;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks Redis at a checkpoint whether the rows of a connection are on its disk: acknowledged is not
 * durable (reliability.md §3.6). {@code WAITAOF} exists since 7.2 and answers for the writes of its
 * own connection only, so it goes over the rows' connection, and rows that an earlier connection
 * wrote since the last answer count as lost. Used by one thread.
 */
final class DiskConfirmation implements RedisConnectionStateListener {
  private enum WaitAof implements ProtocolKeyword {
    WAITAOF;

    @Override
    public byte[] getBytes() {
      return name().getBytes(StandardCharsets.US_ASCII);
    }
  }

  private final RedisAddress address;
  private final long patienceMillis;
  private final AtomicLong connects = new AtomicLong();
  private long connectsConfirmed;
  private long rowsConfirmed;
  private boolean exists;
  private boolean durable;

  DiskConfirmation(RedisAddress address, RedisClient client, long patienceMillis) {
    this.address = address;
    this.patienceMillis = patienceMillis;
    client.addListener(this);
  }

  /**
   * Takes note of what the server can do.
   *
   * @param server the section {@code server} of INFO
   * @param persistence the section {@code persistence} of INFO
   */
  void begin(String server, String persistence) {
    exists = RedisCheck.isAtLeast(RedisCheck.value(server, "redis_version"), 7, 2);
    durable = exists && RedisCheck.value(persistence, "aof_enabled").equals("1");
    connectsConfirmed = connects.get();
  }

  /** Whether the last answer was that the rows are on disk. */
  boolean isDurable() {
    return durable;
  }

  /**
   * Waits until the rows are on disk; does not wait where the server cannot tell.
   *
   * @param rows rows acknowledged so far
   * @throws MillraceFailure when the disk does not take them, or the connection was lost in between
   */
  void await(StatefulRedisConnection<byte[], byte[]> connection, long rows)
      throws InterruptedException {
    if (!exists) {
      return;
    }
    if (durable && rows > rowsConfirmed && connects.get() != connectsConfirmed) {
      throw RedisErrors.failure(
          address, "the connection was lost before the rows were on its disk", null);
    }
    connectsConfirmed = connects.get();
    durable = ask(connection);
    rowsConfirmed = rows;
  }

  private boolean ask(StatefulRedisConnection<byte[], byte[]> connection)
      throws InterruptedException {
    var arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE).add(1).add(0).add(patienceMillis);
    var output = new ArrayOutput<>(ByteArrayCodec.INSTANCE);
    var answer = connection.async().dispatch(WaitAof.WAITAOF, output, arguments);
    connection.flushCommands();
    try {
      List<Object> confirmed = answer.get(patienceMillis + 5_000, TimeUnit.MILLISECONDS);
      if (((Number) confirmed.get(0)).longValue() > 0) {
        return true;
      }
      throw late(null);
    } catch (TimeoutException e) {
      throw late(e);
    } catch (ExecutionException e) {
      String error = String.valueOf(e.getCause().getMessage());
      if (error.contains("appendonly is disabled")) {
        return false;
      }
      throw RedisErrors.failure(address, error, e);
    }
  }

  private MillraceFailure late(Exception cause) {
    return RedisErrors.failure(
        address, "its disk did not take the rows in " + patienceMillis + " ms", cause);
  }

  @Override
  public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress server) {
    connects.incrementAndGet();
  }
}
