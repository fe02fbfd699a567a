package dev.millrace.operator;

import dev.millrace.operator.config.ConfigResult;
import dev.millrace.operator.config.ConnectionCatalogue;
import java.time.Instant;

/** The administrator and the clock of tests: what the samples' README promises. */
public final class TestCatalogue {
  /** The time of all samples. */
  public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static final String YAML =
      """
      connections:
        kafka:
        - name: default
          cluster: main
          namespace: kafka
          bootstrapServers: main-kafka-bootstrap.kafka:9092
        - name: elsewhere
          cluster: other
          namespace: kafka-other
          bootstrapServers: other.kafka-other:9192
          namespaces: [ads]
        - name: secure
          cluster: main
          namespace: kafka
          bootstrapServers: main-kafka-bootstrap.kafka:9093
          tls: {secretName: kafka-user}
          namespaces: [vault]
        registry:
        - {name: default, url: "https://registry.kafka:8081"}
        redis:
        - {name: default, host: redis.data, credentialsSecret: redis-default, tls: true}
        storage:
        - name: default
          location: s3a://features
          endpoint: https://s3.data:9000
          credentialsSecret: storage-default
          cidrs: [10.1.0.0/16]
      """;

  private TestCatalogue() {}

  /**
   * A connection {@code default} of each kind, one Kafka that only {@code ads} may use, and one
   * with TLS.
   */
  public static ConnectionCatalogue connections() {
    if (ConnectionCatalogue.parse(YAML)
        instanceof ConfigResult.Accepted<ConnectionCatalogue> accepted) {
      return accepted.value();
    }
    throw new IllegalStateException(ConnectionCatalogue.parse(YAML).toString());
  }
}
