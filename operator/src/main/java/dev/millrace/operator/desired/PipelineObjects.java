package dev.millrace.operator.desired;

import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.OnlinePlan;
import dev.millrace.operator.plan.PipelinePlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All children of a FeaturePipeline, in the order in which they are applied. */
public final class PipelineObjects {
  private PipelineObjects() {}

  /**
   * Topics, store, policies, definition, job of a pipeline with one version.
   *
   * @param redisPassword password of a managed Redis if its Secret is still to be made; it is made
   *     once
   */
  public static List<HasMetadata> of(
      PipelinePlan plan, OperatorConfig config, Optional<String> redisPassword) {
    var objects = new ArrayList<HasMetadata>(KafkaTopics.of(plan));
    redisPassword
        .filter(password -> plan.online() instanceof OnlinePlan.Managed)
        .ifPresent(password -> objects.add(RedisSecrets.of(plan, password)));
    objects.addAll(store(plan, config));
    Job job = job(plan, config);
    objects.add(job.definition());
    objects.add(job.deployment());
    return objects;
  }

  /** What all versions share beside the topics: a managed Redis and the network policies. */
  public static List<HasMetadata> store(PipelinePlan plan, OperatorConfig config) {
    var objects = new ArrayList<HasMetadata>();
    if (plan.online() instanceof OnlinePlan.Managed managed) {
      objects.add(NetworkPolicies.redis(plan));
      objects.addAll(ManagedRedis.of(plan, managed, config));
    }
    objects.add(NetworkPolicies.stream(plan, config));
    return objects;
  }

  /**
   * What one version needs for itself.
   *
   * @param definition its document
   * @param deployment its job, which mounts the document
   */
  public record Job(ConfigMap definition, GenericKubernetesResource deployment) {}

  /** Document and job of one version. */
  public static Job job(PipelinePlan plan, OperatorConfig config) {
    ConfigMap definition = DefinitionConfigMaps.of(plan);
    return new Job(
        definition, FlinkDeployments.of(plan, definition.getMetadata().getName(), config));
  }
}
