package dev.millrace.operator.config;

import java.util.List;
import java.util.Optional;

/**
 * All connections an administrator registered (api.md §4). A name is looked up for a namespace, and
 * a connection that the namespace may not use is the same as one that does not exist, so that names
 * of other tenants do not leak.
 */
public record ConnectionCatalogue(
    List<Connection.Kafka> kafka,
    List<Connection.Registry> registry,
    List<Connection.Redis> redis,
    List<Connection.Storage> storage) {
  public ConnectionCatalogue {
    kafka = List.copyOf(kafka);
    registry = List.copyOf(registry);
    redis = List.copyOf(redis);
    storage = List.copyOf(storage);
  }

  /** The connection of that name among {@code all}, if the namespace may use it. */
  public static <C extends Connection> Optional<C> find(
      List<C> all, String name, String namespace) {
    return all.stream()
        .filter(connection -> connection.name().equals(name) && connection.allows(namespace))
        .findFirst();
  }

  /** Names among {@code all} that the namespace may use, sorted. */
  public static List<String> names(List<? extends Connection> all, String namespace) {
    return all.stream()
        .filter(connection -> connection.allows(namespace))
        .map(Connection::name)
        .sorted()
        .toList();
  }

  /**
   * Reads the file {@code connections: {kafka: […], registry: […], redis: […], storage: […]}} and
   * reports all mistakes at once.
   */
  public static ConfigResult<ConnectionCatalogue> parse(String yaml) {
    return ConnectionReader.read(yaml);
  }
}
