package dev.millrace.flink.stack;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.EventTimeUnit;
import dev.millrace.contract.Feature;
import dev.millrace.contract.KafkaConnection;
import dev.millrace.contract.Precision;
import dev.millrace.contract.SchemaField;
import dev.millrace.contract.SourceFormat;
import dev.millrace.contract.StreamWiring;
import java.util.List;

/** Shorthand for definitions and wirings of tests. */
public final class TestDefinitions {
  private TestDefinitions() {}

  public static SchemaField field(String name, ColumnType type) {
    return new SchemaField(name, type, false, "");
  }

  public static SchemaField nullable(String name, ColumnType type) {
    return new SchemaField(name, type, true, "");
  }

  /** A schema with event id {@code id} and event time {@code ts} in milliseconds. */
  public static EventSchema schema(long maxOutOfOrdernessMillis, SchemaField... fields) {
    return new EventSchema(
        SourceFormat.JSON,
        List.of(fields),
        "id",
        "ts",
        EventTimeUnit.MILLIS,
        maxOutOfOrdernessMillis,
        300_000);
  }

  public static Feature feature(
      String name, Aggregation aggregation, String value, String... windows) {
    return new Feature(name, aggregation, value, "", List.of(windows), 0, "", Precision.HOPPED, "");
  }

  public static Feature exact(
      String name, Aggregation aggregation, String value, long offsetMillis, String... windows) {
    return new Feature(
        name, aggregation, value, "", List.of(windows), offsetMillis, "", Precision.EXACT, "");
  }

  public static Entity entity(String name, String key, Feature... features) {
    return new Entity(name, List.of(key), List.of(features), List.of());
  }

  public static Definition definition(
      long slideMillis,
      EventSchema schema,
      long allowedLatenessMillis,
      long horizonMillis,
      Entity... entities) {
    return new Definition(
        slideMillis,
        schema,
        allowedLatenessMillis,
        horizonMillis,
        List.of(entities),
        Definition.NUMERICS_VERSION);
  }

  static StreamWiring withParallelism(StreamWiring w, int parallelism) {
    return new StreamWiring(
        w.bootstrapServers(),
        w.kafkaTlsFolder(),
        w.topic(),
        w.lateTopic(),
        w.deadTopic(),
        w.topicManaged(),
        w.redisHost(),
        w.redisPort(),
        w.redisTls(),
        w.redisPasswordFile(),
        w.location(),
        w.checkpointLocation(),
        w.idleTimeoutMillis(),
        w.checkpointIntervalMillis(),
        parallelism,
        w.maxParallelism());
  }

  /** The wiring with another way to Kafka. */
  public static StreamWiring withKafka(StreamWiring w, KafkaConnection kafka) {
    return new StreamWiring(
        kafka.bootstrapServers(),
        kafka.tlsFolder(),
        w.topic(),
        w.lateTopic(),
        w.deadTopic(),
        w.topicManaged(),
        w.redisHost(),
        w.redisPort(),
        w.redisTls(),
        w.redisPasswordFile(),
        w.location(),
        w.checkpointLocation(),
        w.idleTimeoutMillis(),
        w.checkpointIntervalMillis(),
        w.parallelism(),
        w.maxParallelism());
  }

  /** The wiring with another Redis without TLS. */
  public static StreamWiring withRedis(StreamWiring w, String host, int port) {
    return new StreamWiring(
        w.bootstrapServers(),
        w.kafkaTlsFolder(),
        w.topic(),
        w.lateTopic(),
        w.deadTopic(),
        w.topicManaged(),
        host,
        port,
        false,
        w.redisPasswordFile(),
        w.location(),
        w.checkpointLocation(),
        w.idleTimeoutMillis(),
        w.checkpointIntervalMillis(),
        w.parallelism(),
        w.maxParallelism());
  }

  /** The wiring with another idle timeout. */
  public static StreamWiring withIdleTimeout(StreamWiring w, long idleTimeoutMillis) {
    return new StreamWiring(
        w.bootstrapServers(),
        w.kafkaTlsFolder(),
        w.topic(),
        w.lateTopic(),
        w.deadTopic(),
        w.topicManaged(),
        w.redisHost(),
        w.redisPort(),
        w.redisTls(),
        w.redisPasswordFile(),
        w.location(),
        w.checkpointLocation(),
        idleTimeoutMillis,
        w.checkpointIntervalMillis(),
        w.parallelism(),
        w.maxParallelism());
  }
}
