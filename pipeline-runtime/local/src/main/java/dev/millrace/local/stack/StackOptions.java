package dev.millrace.local.stack;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a local stack lives; every port is free to choose by default. */
public final class StackOptions {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Keep the data here, and continue what it holds; default: a temporary folder.")
  private Path data;

  @Option(
      names = "--kafka-port",
      defaultValue = "0",
      description = "Port of Kafka; default: any free one.")
  private int kafkaPort;

  @Option(
      names = "--redis-port",
      defaultValue = "0",
      description = "Port of Redis; default: any free one.")
  private int redisPort;

  @Option(
      names = "--flink-port",
      defaultValue = "0",
      description = "Port of Flink's page and REST; default: any free one.")
  private int flinkPort;

  /** The folder asked for, or null for a temporary one. */
  public Path data() {
    return data;
  }

  public int kafkaPort() {
    return kafkaPort;
  }

  public int redisPort() {
    return redisPort;
  }

  public int flinkPort() {
    return flinkPort;
  }
}
