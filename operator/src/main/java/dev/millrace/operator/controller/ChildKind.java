package dev.millrace.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import java.util.List;
import java.util.Optional;

/** The kinds of children, as the API server names them. */
enum ChildKind {
  KAFKA_TOPIC("kafka.strimzi.io", "v1", "KafkaTopic", "kafkatopics"),
  FLINK_DEPLOYMENT("flink.apache.org", "v1beta1", "FlinkDeployment", "flinkdeployments"),
  STATEFUL_SET("apps", "v1", "StatefulSet", "statefulsets"),
  SERVICE("", "v1", "Service", "services"),
  CONFIG_MAP("", "v1", "ConfigMap", "configmaps"),
  NETWORK_POLICY("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies"),
  CRON_JOB("batch", "v1", "CronJob", "cronjobs"),
  JOB("batch", "v1", "Job", "jobs"),
  POD("", "v1", "Pod", "pods"),
  CLAIM("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims"),
  /** Read by name, never cached. */
  SECRET("", "v1", "Secret", "secrets");

  private final String group;
  private final String version;
  private final String kind;
  private final String plural;

  ChildKind(String group, String version, String kind, String plural) {
    this.group = group;
    this.version = version;
    this.kind = kind;
    this.plural = plural;
  }

  static Optional<ChildKind> of(HasMetadata object) {
    return of(object.getKind());
  }

  static Optional<ChildKind> of(String kind) {
    for (ChildKind candidate : values()) {
      if (candidate.kind.equals(kind)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** Whether every API server knows it. */
  boolean builtIn() {
    return this != KAFKA_TOPIC && this != FLINK_DEPLOYMENT;
  }

  String kind() {
    return kind;
  }

  String plural() {
    return plural;
  }

  String groupVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  String apiPath() {
    return (group.isEmpty() ? "/api/" : "/apis/") + groupVersion();
  }

  GroupVersionKind groupVersionKind() {
    return new GroupVersionKind(group, version, kind);
  }

  String group() {
    return group;
  }

  /**
   * What is wrong if the kind is not served in our version, and what an administrator does.
   *
   * @param otherVersions in which it is served instead
   */
  String remedy(List<String> otherVersions) {
    String crd = "CRD " + plural + "." + group;
    String whose =
        this == KAFKA_TOPIC
            ? "Strimzi 0.49 or later"
            : "the Flink Kubernetes operator 1.15 or later";
    return otherVersions.isEmpty()
        ? crd + " is not installed; install " + whose
        : crd
            + " serves "
            + String.join(", ", otherVersions)
            + ", not "
            + version
            + "; upgrade to "
            + whose;
  }
}
