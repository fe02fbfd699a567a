package dev.millrace.local.stack;

import dev.millrace.operator.config.Connection;
import dev.millrace.operator.config.ConnectionCatalogue;
import java.nio.file.Path;
import java.util.List;

/**
 * What an administrator would register, for a stack on this machine: one connection of each kind,
 * called default.
 */
public record Addresses(String bootstrapServers, int redisPort, Path offline) {
  private static final List<String> EVERY_NAMESPACE = List.of("*");

  /** Addresses that lead nowhere, for planning without a stack. */
  public static Addresses none() {
    return new Addresses("127.0.0.1:9092", 6379, Path.of("/offline"));
  }

  /** The catalogue the planner looks connections up in. */
  ConnectionCatalogue catalogue() {
    String location = offline.toUri().toString().replaceAll("/+$", "");
    return new ConnectionCatalogue(
        List.of(
            new Connection.Kafka(
                "default",
                "local",
                "kafka",
                bootstrapServers,
                "",
                "<namespace>.",
                List.of(),
                EVERY_NAMESPACE)),
        List.of(
            new Connection.Registry(
                "default", "http://127.0.0.1:8081", "", List.of(), EVERY_NAMESPACE)),
        List.of(
            new Connection.Redis(
                "default", "127.0.0.1", redisPort, false, "", List.of(), EVERY_NAMESPACE)),
        List.of(new Connection.Storage("default", location, "", "", List.of(), EVERY_NAMESPACE)));
  }
}
