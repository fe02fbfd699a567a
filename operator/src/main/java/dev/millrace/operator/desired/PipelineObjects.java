package dev.millrace.operator.desired;

import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.OnlinePlan;
import dev.millrace.operator.plan.PipelinePlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All children of a FeaturePipeline, in the order in which they are applied. */
public final class PipelineObjects {
  private PipelineObjects() {}

  /**
   * Topics, store, policies, definition, job.
   *
   * @param redisPassword password of a managed Redis if its Secret is still to be made; it is made
   *     once
   */
  public static List<HasMetadata> of(
      PipelinePlan plan, OperatorConfig config, Optional<String> redisPassword) {
    var objects = new ArrayList<HasMetadata>(KafkaTopics.of(plan));
    if (plan.online() instanceof OnlinePlan.Managed managed) {
      redisPassword.ifPresent(password -> objects.add(RedisSecrets.of(plan, password)));
      objects.add(NetworkPolicies.redis(plan));
      objects.addAll(ManagedRedis.of(plan, managed, config));
    }
    objects.add(NetworkPolicies.stream(plan, config));
    HasMetadata definition = DefinitionConfigMaps.of(plan);
    objects.add(definition);
    objects.add(FlinkDeployments.of(plan, definition.getMetadata().getName(), config));
    return objects;
  }
}
