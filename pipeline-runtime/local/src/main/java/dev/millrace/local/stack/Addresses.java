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
  /** Name of the Kafka cluster, to which a topic operator answers. */
  public static final String KAFKA_CLUSTER = "local";

  private static final List<String> EVERY_NAMESPACE = List.of("*");

  /** Addresses that lead nowhere, for planning without a stack. */
  public static Addresses none() {
    return new Addresses("127.0.0.1:9092", 6379, Path.of("/offline"));
  }

  /** The same as the operator's file of connections. */
  public String connections() {
    return """
        connections:
          kafka:
          - {name: default, cluster: %s, namespace: kafka, bootstrapServers: "%s", namespaces: ["*"]}
          registry:
          - {name: default, url: "http://127.0.0.1:8081", namespaces: ["*"]}
          redis:
          - {name: default, host: 127.0.0.1, port: %d, tls: false, namespaces: ["*"]}
          storage:
          - {name: default, location: "%s", namespaces: ["*"]}
        """
        .formatted(KAFKA_CLUSTER, bootstrapServers, redisPort, location());
  }

  private String location() {
    return offline.toUri().toString().replaceAll("/+$", "");
  }

  /** The catalogue the planner looks connections up in. */
  ConnectionCatalogue catalogue() {
    return new ConnectionCatalogue(
        List.of(
            new Connection.Kafka(
                "default",
                KAFKA_CLUSTER,
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
        List.of(new Connection.Storage("default", location(), "", "", List.of(), EVERY_NAMESPACE)));
  }
}
