package dev.millrace.operator.controller;

import dev.millrace.operator.config.Connection;
import dev.millrace.operator.config.ConnectionCatalogue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where KafkaTopics lie: in the namespaces of the registered Kafka clusters, nowhere else. */
final class KafkaNamespaces {
  private KafkaNamespaces() {}

  static Set<String> of(ConnectionCatalogue connections) {
    return connections.kafka().stream()
        .map(Connection.Kafka::namespace)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
