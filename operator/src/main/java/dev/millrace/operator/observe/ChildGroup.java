package dev.millrace.operator.observe;

/** What a child is for; each group shows in one condition (api.md §3). */
public enum ChildGroup {
  /** KafkaTopics. */
  TOPIC,
  /** StatefulSet, Service and Secret of a managed Redis. */
  ONLINE_STORE,
  /** ConfigMaps with documents. */
  DEFINITION,
  /** NetworkPolicies. */
  NETWORK,
  /** FlinkDeployments and clean-up Jobs. */
  JOB,
  /** The CronJob of an extract. */
  SCHEDULE;

  /** The group of a kind of child. */
  public static ChildGroup ofKind(String kind) {
    return switch (kind) {
      case "KafkaTopic" -> TOPIC;
      case "StatefulSet", "Service", "Secret", "PersistentVolumeClaim" -> ONLINE_STORE;
      case "ConfigMap" -> DEFINITION;
      case "NetworkPolicy" -> NETWORK;
      case "CronJob" -> SCHEDULE;
      default -> JOB;
    };
  }
}
