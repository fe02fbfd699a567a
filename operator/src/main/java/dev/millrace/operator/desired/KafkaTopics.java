package dev.millrace.operator.desired;

import dev.millrace.operator.config.Connection;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.TopicPlan;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.topic.KafkaTopicBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * KafkaTopics of managed topics, in the namespace that Strimzi watches. They hold data, so they
 * have no owner reference; the owner's UID is a label.
 */
public final class KafkaTopics {
  private static final String API_VERSION = "kafka.strimzi.io/v1";
  private static final String CLUSTER = "strimzi.io/cluster";

  private KafkaTopics() {}

  /** Topics of a pipeline: events if managed, and always those for late and dead records. */
  public static List<KafkaTopic> of(PipelinePlan plan) {
    var topics = new ArrayList<KafkaTopic>();
    Owner owner = Owner.of(plan);
    if (plan.topic().managed()) {
      topics.add(topic(owner, plan.topic(), plan.topic().kafkaName(), config(plan.topic())));
    }
    topics.add(topic(owner, plan.topic(), plan.lateTopic(), sideConfig(plan.topic())));
    topics.add(topic(owner, plan.topic(), plan.deadTopic(), sideConfig(plan.topic())));
    return topics;
  }

  /** Managed topics of a LabelWindow: of the label, then of the surrogates. */
  public static List<KafkaTopic> of(LabelWindowPlan plan) {
    var topics = new ArrayList<KafkaTopic>();
    var plans = new ArrayList<TopicPlan>(List.of(plan.topic()));
    plan.surrogates().values().forEach(surrogate -> plans.add(surrogate.topic()));
    for (TopicPlan topic : plans) {
      if (topic.managed()) {
        topics.add(topic(Owner.of(plan), topic, topic.kafkaName(), config(topic)));
      }
    }
    return topics;
  }

  private static KafkaTopic topic(
      Owner owner, TopicPlan plan, String kafkaName, Map<String, Object> config) {
    Connection.Kafka kafka = plan.connection();
    ObjectMeta metadata = owner.kept(kafka.namespace(), Names.kafkaTopic(kafkaName));
    metadata.getLabels().put(CLUSTER, kafka.cluster());
    return new KafkaTopicBuilder()
        .withApiVersion(API_VERSION)
        .withMetadata(metadata)
        .withNewSpec()
        .withTopicName(kafkaName)
        .withPartitions(plan.partitions())
        .withReplicas(plan.replicas())
        .withConfig(config)
        .endSpec()
        .build();
  }

  /** What the user set from the allow-list, and what is ours to set. */
  private static Map<String, Object> config(TopicPlan plan) {
    var config = new TreeMap<String, Object>(plan.config());
    config.put("retention.ms", String.valueOf(plan.retentionMillis()));
    config.put("message.timestamp.type", "LogAppendTime");
    return config;
  }

  /** Late and dead records are kept as long as events, and as safely. */
  private static Map<String, Object> sideConfig(TopicPlan plan) {
    return config(plan);
  }
}
