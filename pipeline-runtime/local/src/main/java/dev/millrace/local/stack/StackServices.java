package dev.millrace.local.stack;

import dev.millrace.local.LocalFailure;
import dev.millrace.local.process.FreePort;
import dev.millrace.local.service.KafkaBroker;
import dev.millrace.local.service.RedisStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/** The services of a stack that an administrator would run: Kafka and Redis. */
public final class StackServices implements AutoCloseable {
  private final Path data;
  private final AtomicReference<String> brokerEnd = new AtomicReference<>();
  private KafkaBroker kafka;
  private RedisStore redis;
  private long kafkaNanos;
  private long redisNanos;

  /**
   * @param data folder of their data and logs
   */
  public StackServices(Path data) {
    this.data = data;
  }

  /** Starts both; every port is known to be free before the first takes one. */
  public void start(StackOptions options) throws Exception {
    ServiceLog.writeTo(Files.createDirectories(data.resolve("logs")).resolve("millrace.log"));
    int kafkaPort = FreePort.of(options.kafkaPort(), "--kafka-port");
    int redisPort = FreePort.of(options.redisPort(), "--redis-port");
    if (options.flinkPort() != 0) {
      FreePort.of(options.flinkPort(), "--flink-port");
    }
    long start = System.nanoTime();
    kafka = KafkaBroker.start(data.resolve("kafka"), kafkaPort, FreePort.of(0, ""), brokerEnd::set);
    long between = System.nanoTime();
    redis = RedisStore.start(data.resolve("redis"), redisPort, data.resolve("logs/redis.log"));
    kafkaNanos = between - start;
    redisNanos = System.nanoTime() - between;
  }

  /** Where the services are. */
  public Addresses addresses() {
    return new Addresses(kafka.bootstrapServers(), redis.port(), data.resolve("offline"));
  }

  /** How long the broker took to start. */
  public long kafkaNanos() {
    return kafkaNanos;
  }

  /** How long Redis took to start. */
  public long redisNanos() {
    return redisNanos;
  }

  /** Fails when the broker has ended itself. */
  public void check() {
    if (brokerEnd.get() != null) {
      throw new LocalFailure(brokerEnd.get());
    }
  }

  @Override
  public void close() {
    if (redis != null) {
      redis.close();
    }
    if (kafka != null) {
      kafka.close();
    }
  }
}
