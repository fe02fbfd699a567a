package dev.millrace.operator.desired;

import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.OnlinePlan;
import dev.millrace.operator.plan.PipelinePlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
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

  /** What one version needs beside topics and job: a managed Redis and the network policies. */
  public static List<HasMetadata> store(PipelinePlan plan, OperatorConfig config) {
    return store(List.of(plan), config);
  }

  /**
   * The same of all versions that run. They share these objects, so there is one of each, and it
   * serves all of them: the served job keeps its store until readers have switched (reliability.md
   * §2, L16). Where they want two values, the newest version decides.
   *
   * @param plans one per version, the newest last
   */
  public static List<HasMetadata> store(Collection<PipelinePlan> plans, OperatorConfig config) {
    List<PipelinePlan> newestFirst = newestFirst(plans);
    var objects = new ArrayList<HasMetadata>();
    newestFirst.stream()
        .filter(plan -> plan.online() instanceof OnlinePlan.Managed)
        .findFirst()
        .ifPresent(
            plan -> {
              objects.add(NetworkPolicies.redis(plan));
              objects.addAll(ManagedRedis.of(plan, (OnlinePlan.Managed) plan.online(), config));
            });
    objects.add(NetworkPolicies.stream(newestFirst, config));
    return objects;
  }

  /**
   * Topics of all versions that run: two sets of them if the versions read different clusters.
   *
   * @param plans one per version, the newest last
   */
  public static List<KafkaTopic> topics(Collection<PipelinePlan> plans) {
    var topics = new LinkedHashMap<List<String>, KafkaTopic>();
    newestFirst(plans).stream()
        .flatMap(plan -> KafkaTopics.of(plan).stream())
        .forEach(
            topic ->
                topics.putIfAbsent(
                    List.of(topic.getMetadata().getNamespace(), topic.getMetadata().getName()),
                    topic));
    return List.copyOf(topics.values());
  }

  private static List<PipelinePlan> newestFirst(Collection<PipelinePlan> plans) {
    var newestFirst = new ArrayList<PipelinePlan>(plans);
    Collections.reverse(newestFirst);
    return newestFirst;
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
