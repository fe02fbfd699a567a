package dev.millrace.operator.plan;

import dev.millrace.operator.config.Connection;
import java.util.Map;
import java.util.TreeMap;

/**
 * A topic that is read.
 *
 * @param connection its cluster
 * @param name {@code topic.name} as written
 * @param kafkaName its name in Kafka: with the connection's prefix when managed, literal otherwise
 * @param managed whether we create and configure it
 * @param partitions number of partitions, of a managed topic
 * @param replicas copies of each partition, of a managed topic
 * @param retentionMillis how long a managed topic keeps records
 * @param config further settings from the allow-list, as Kafka's texts
 */
public record TopicPlan(
    Connection.Kafka connection,
    String name,
    String kafkaName,
    boolean managed,
    int partitions,
    int replicas,
    long retentionMillis,
    Map<String, String> config) {
  public TopicPlan {
    config = new TreeMap<>(config);
  }
}
