package dev.millrace.e2e.neighbour;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;

/** The kinds a pipeline and its children are made of, read untyped. */
public final class Kinds {
  public static final ResourceDefinitionContext PIPELINE =
      kind("millrace.dev", "v1alpha1", "FeaturePipeline", "featurepipelines");
  public static final ResourceDefinitionContext WINDOW =
      kind("millrace.dev", "v1alpha1", "LabelWindow", "labelwindows");
  public static final ResourceDefinitionContext TOPIC =
      kind("kafka.strimzi.io", "v1", "KafkaTopic", "kafkatopics");
  public static final ResourceDefinitionContext FLINK =
      kind("flink.apache.org", "v1beta1", "FlinkDeployment", "flinkdeployments");
  public static final ResourceDefinitionContext STATEFUL_SET =
      kind("apps", "v1", "StatefulSet", "statefulsets");
  public static final ResourceDefinitionContext SERVICE = kind("", "v1", "Service", "services");
  public static final ResourceDefinitionContext CONFIG_MAP =
      kind("", "v1", "ConfigMap", "configmaps");
  public static final ResourceDefinitionContext SECRET = kind("", "v1", "Secret", "secrets");
  public static final ResourceDefinitionContext CLAIM =
      kind("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims");
  public static final ResourceDefinitionContext POLICY =
      kind("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies");
  public static final ResourceDefinitionContext JOB = kind("batch", "v1", "Job", "jobs");
  public static final ResourceDefinitionContext CRON_JOB =
      kind("batch", "v1", "CronJob", "cronjobs");
  public static final ResourceDefinitionContext POD = kind("", "v1", "Pod", "pods");

  /** All that the operator may make. */
  public static final List<ResourceDefinitionContext> CHILDREN =
      List.of(TOPIC, FLINK, STATEFUL_SET, SERVICE, CONFIG_MAP, SECRET, CLAIM, POLICY, JOB);

  /** What neighbours and tests look at all the time. */
  static final List<ResourceDefinitionContext> WATCHED =
      List.of(TOPIC, FLINK, STATEFUL_SET, SERVICE, CONFIG_MAP, SECRET, CLAIM, POLICY, JOB, POD);

  /** Those that hold data: never replaced, never deleted unless that was asked for. */
  public static final List<ResourceDefinitionContext> DATA = List.of(TOPIC, SECRET, CLAIM);

  /** Those that cost processors: none may be left behind. */
  public static final List<ResourceDefinitionContext> COMPUTE =
      List.of(FLINK, STATEFUL_SET, JOB, POD);

  private Kinds() {}

  /** Which of our two kinds an object is of. */
  public static ResourceDefinitionContext ours(JsonNode object) {
    return object.path("kind").asText().equals(WINDOW.getKind()) ? WINDOW : PIPELINE;
  }

  private static ResourceDefinitionContext kind(
      String group, String version, String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}
