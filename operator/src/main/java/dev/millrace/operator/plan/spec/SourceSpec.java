package dev.millrace.operator.plan.spec;

import static dev.millrace.operator.plan.spec.Defaults.list;
import static dev.millrace.operator.plan.spec.Defaults.or;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A topic and how its records become events: of a pipeline, a label or a surrogate. Pipelines alone
 * have allowedLateness and deduplication, labels alone stalledAfter; the others are null.
 */
public record SourceSpec(
    String connection,
    TopicSpec topic,
    String format,
    RegistrySpec registry,
    List<FieldSpec> schema,
    String eventId,
    EventTimeSpec eventTime,
    WatermarkSpec watermark,
    String allowedLateness,
    DeduplicationSpec deduplication,
    String stalledAfter) {
  public SourceSpec {
    schema = list(schema);
  }

  /** The field of that name, or null. */
  public FieldSpec field(String name) {
    return schema.stream().filter(field -> field.name().equals(name)).findFirst().orElse(null);
  }

  /** The topic. */
  public record TopicSpec(
      String name,
      Boolean managed,
      Integer partitions,
      Integer replicas,
      String retention,
      Map<String, Object> config) {
    public TopicSpec {
      config = config == null ? Map.of() : new TreeMap<>(config);
    }
  }

  /** Where Avro and Protobuf schemas lie. */
  public record RegistrySpec(String connection, String subject, String compatibility) {}

  /** One schema field. */
  public record FieldSpec(String name, String type, Integer scale, Boolean nullable, String path) {
    public FieldSpec {
      path = or(path, "");
    }
  }

  /** The event time field. */
  public record EventTimeSpec(String field, String unit) {}

  /** How the clock follows the events. */
  public record WatermarkSpec(String maxOutOfOrderness, String idleTimeout, String maxFutureSkew) {}

  /** How long ids are remembered. */
  public record DeduplicationSpec(String horizon) {}
}
