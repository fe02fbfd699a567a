package dev.millrace.operator.plan;

import dev.millrace.contract.DurationText;
import dev.millrace.operator.config.Connection;
import dev.millrace.operator.config.ConnectionCatalogue;
import dev.millrace.operator.plan.spec.SourceSpec;
import java.util.Map;
import java.util.TreeMap;

/** A source's topic and its cluster: reliability.md §6, rows 35, 40. */
final class TopicRules {
  private final String namespace;
  private final ConnectionCatalogue connections;
  private final Violations violations;

  TopicRules(String namespace, ConnectionCatalogue connections, Violations violations) {
    this.namespace = namespace;
    this.connections = connections;
    this.violations = violations;
  }

  /** The planned topic, or null after a violation. */
  TopicPlan plan(String path, SourceSpec source) {
    SourceSpec.TopicSpec topic = source.topic();
    String name = topic.name();
    replicas(path, topic);
    Connection.Kafka kafka =
        new ConnectionRules(namespace, violations)
            .find(path + ".connection", "Kafka", connections.kafka(), source.connection());
    if (kafka == null) {
      return null;
    }
    return new TopicPlan(
        kafka,
        name,
        topic.managed() ? kafka.prefixFor(namespace) + name : name,
        topic.managed(),
        topic.partitions(),
        topic.replicas(),
        DurationText.millis(topic.retention()),
        texts(topic.config()));
  }

  private void replicas(String path, SourceSpec.TopicSpec topic) {
    if (topic.managed()
        && topic.config().get("min.insync.replicas") instanceof Number inSync
        && inSync.intValue() > topic.replicas()) {
      violations.invalid(
          path + ".topic.config",
          "min.insync.replicas "
              + inSync
              + " is larger than replicas "
              + topic.replicas()
              + "; lower it or raise replicas");
    }
  }

  private static Map<String, String> texts(Map<String, Object> config) {
    var texts = new TreeMap<String, String>();
    config.forEach((key, value) -> texts.put(key, String.valueOf(value)));
    return texts;
  }
}
