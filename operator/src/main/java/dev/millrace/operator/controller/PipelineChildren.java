package dev.millrace.operator.controller;

import dev.millrace.contract.Reason;
import dev.millrace.operator.desired.DefinitionConfigMaps;
import dev.millrace.operator.desired.KafkaTopics;
import dev.millrace.operator.desired.Labels;
import dev.millrace.operator.desired.Names;
import dev.millrace.operator.desired.PipelineObjects;
import dev.millrace.operator.desired.RolloutConfigMaps;
import dev.millrace.operator.desired.SecretRevisions;
import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.observe.FlinkView;
import dev.millrace.operator.plan.OnlinePlan;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.Recollection;
import dev.millrace.operator.plan.Rollout;
import dev.millrace.operator.plan.RolloutMemory;
import dev.millrace.operator.plan.TopicIds;
import dev.millrace.operator.status.ApplyFailure;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes the children of a pipeline: topics, store, then a definition and a job per version. */
final class PipelineChildren {
  /** Kinds that a change can leave over, none of which holds data. */
  private static final List<ChildKind> SPARE =
      List.of(
          ChildKind.CONFIG_MAP,
          ChildKind.STATEFUL_SET,
          ChildKind.SERVICE,
          ChildKind.NETWORK_POLICY);

  private final OperatorRuntime runtime;
  private final ChildSources<FeaturePipeline> sources;
  private final ChildApplier<FeaturePipeline> applier;
  private final ChildRemover remover;
  private final ManagedTopics<FeaturePipeline> topics;
  private final RedisPassword redisPassword;
  private final StoreData storeData;
  private final PipelineHealth health;

  PipelineChildren(
      OperatorRuntime runtime, ChildSources<FeaturePipeline> sources, PipelineHealth health) {
    this.runtime = runtime;
    this.sources = sources;
    this.health = health;
    applier = new ChildApplier<>(runtime, sources);
    remover = new ChildRemover(runtime);
    topics = new ManagedTopics<>(runtime, sources);
    redisPassword = new RedisPassword(runtime);
    storeData = new StoreData(runtime, sources);
  }

  /**
   * Brings all children to what the rollout wants. Without an accepted spec nothing is touched.
   *
   * @param tenant what pods need and whether it is there
   */
  AppliedChildren<FeaturePipeline> apply(
      FeaturePipeline pipeline,
      Rollout rollout,
      TenantReader.Tenant tenant,
      Context<FeaturePipeline> context) {
    var applied = new AppliedChildren<>(applier, pipeline, context);
    rollout.forgotten().ifPresent(why -> applied.fail(forgotten(pipeline, why)));
    Optional<PipelinePlan> inForce = rollout.inForce();
    if (inForce.isEmpty()) {
      return applied;
    }
    Collection<PipelinePlan> plans = rollout.plans().values();
    List<KafkaTopic> wanted = PipelineObjects.topics(plans);
    RolloutMemory memory = rollout.memory().orElseThrow();
    if (rollout.origin() == Rollout.Origin.STATUS) {
      memory = memory.with(topics.before(wanted));
      applied.apply(RolloutConfigMaps.of(inForce.get(), memory));
    }
    topics.apply(wanted, memory.topicIds(), goOn(memory), applied);
    plans.stream()
        .filter(plan -> plan.online() instanceof OnlinePlan.Managed)
        .findFirst()
        .flatMap(plan -> redisPassword.ensure(plan, pipeline))
        .ifPresent(applied::fail);
    PipelineObjects.store(plans, runtime.config()).forEach(applied::apply);
    boolean first = false;
    if (rollout.origin() == Rollout.Origin.NOTHING && applied.failures().isEmpty()) {
      // Before any job: one without this memory counts as one whose memory was lost.
      first = applied.apply(RolloutConfigMaps.of(inForce.get(), memory));
    }
    boolean mayStart = applied.failures().isEmpty();
    for (PipelinePlan plan : rollout.plans().values()) {
      job(pipeline, plan, tenant, mayStart, applied);
    }
    if (applied.failures().isEmpty()) {
      prune(pipeline, rollout, applied);
      TopicIds seen = topics.seen(wanted, memory.topicIds());
      applied.apply(RolloutConfigMaps.of(inForce.get(), memory.with(seen)));
      if (first && inForce.get().online() instanceof OnlinePlan.Managed) {
        storeData.takenUp(pipeline).forEach(object -> applied.adopt(ChildRef.of(object)));
      }
    }
    return applied;
  }

  private static ApplyFailure forgotten(FeaturePipeline pipeline, Recollection.Forgotten why) {
    var ref =
        new ChildRef(
            ChildKind.CONFIG_MAP.kind(),
            pipeline.getMetadata().getNamespace(),
            Names.rollout(pipeline.getMetadata().getName()));
    return ApplyFailure.of(ref, why.reason(), ref + " " + why.cause());
  }

  private static String goOn(RolloutMemory memory) {
    return "to go on with what is left set spec.version: " + (memory.newestVersion() + 1);
  }

  private void job(
      FeaturePipeline pipeline,
      PipelinePlan plan,
      TenantReader.Tenant tenant,
      boolean mayStart,
      AppliedChildren<FeaturePipeline> applied) {
    PipelineObjects.Job job = PipelineObjects.job(plan, runtime.config());
    applied.apply(job.definition());
    ChildRef ref = ChildRef.of(job.deployment());
    Optional<GenericKubernetesResource> existing = sources.untyped(ref);
    if (existing.isEmpty() && plan.suspended()) {
      return; // created suspended it would never get a status (neighbours.md §2.7)
    }
    boolean grounded = existing.isPresent() || mayStart && grounds(plan, pipeline);
    boolean ready = tenant.missing().isEmpty() && grounded;
    // A kind that is missing is said at once, not only when everything else is there.
    if (!ready && sources.sees(ChildKind.FLINK_DEPLOYMENT)) {
      applied.withhold(ref);
      return;
    }
    if (existing.isPresent() && wouldStartEmpty(pipeline, existing.get(), ref.name())) {
      applied.withhold(ref);
      applied.fail(
          ApplyFailure.of(
              ref,
              Reason.NO_RESTORE_POINT,
              ref
                  + " ended and no savepoint path is known, a change would start it empty; raise"
                  + " spec.version to replay the topic"));
      return;
    }
    applied.apply(SecretRevisions.annotate(job.deployment(), tenant.revisions()));
  }

  /** Whether what a job stands on is there: its topics and, if ours, its store. */
  private boolean grounds(PipelinePlan plan, FeaturePipeline owner) {
    return KafkaTopics.of(plan).stream()
            .allMatch(
                topic -> health.of(ChildRef.of(topic), plan, owner) instanceof ChildHealth.Ready)
        && PipelineObjects.store(plan, runtime.config()).stream()
            .allMatch(
                child -> health.of(ChildRef.of(child), plan, owner) instanceof ChildHealth.Ready);
  }

  /** A job that once saved state, has ended, and whose operator knows no path to it. */
  private static boolean wouldStartEmpty(
      FeaturePipeline pipeline, GenericKubernetesResource deployment, String name) {
    FlinkView view = FlinkView.of(deployment);
    boolean saved =
        pipeline.getStatus() != null
            && pipeline.getStatus().getJobs() != null
            && pipeline.getStatus().getJobs().stream()
                .anyMatch(job -> job.getName().equals(name) && job.getLastCheckpoint() != null);
    return saved && view.jobState().equals("FAILED") && view.savepoint().isEmpty();
  }

  /**
   * Removes what no version needs any more: jobs of versions that were replaced, then their
   * documents, and the processes of a managed Redis that was given up. Data stays.
   */
  private void prune(
      FeaturePipeline pipeline, Rollout rollout, AppliedChildren<FeaturePipeline> applied) {
    Set<ChildRef> wanted = new HashSet<>(applied.desired());
    Set<Integer> versions = rollout.memory().orElseThrow().specs().keySet();
    List<HasMetadata> jobs =
        sources
            .owned(ChildKind.FLINK_DEPLOYMENT, pipeline)
            .filter(job -> versions.stream().noneMatch(version -> isVersion(job, version)))
            .toList();
    jobs.forEach(job -> remover.remove(job).ifPresent(applied::fail));
    // Pods that restart before an upgrade is through still need the document they were made with.
    boolean settled =
        jobs.isEmpty()
            && rollout.plans().keySet().equals(versions)
            && applied.desired().stream()
                .filter(child -> child.kind().equals(ChildKind.FLINK_DEPLOYMENT.kind()))
                .allMatch(
                    child ->
                        health.of(child, rollout.inForce().orElseThrow(), pipeline)
                            instanceof ChildHealth.Ready);
    if (settled) {
      for (ChildKind kind : SPARE) {
        sources
            .owned(kind, pipeline)
            .filter(child -> !wanted.contains(ChildRef.of(child)) && !isRollout(child))
            .forEach(child -> remover.remove(child).ifPresent(applied::fail));
      }
    }
  }

  private static boolean isRollout(HasMetadata child) {
    return child instanceof ConfigMap map
        && (map.getData() == null || !map.getData().containsKey(DefinitionConfigMaps.PIPELINE_KEY));
  }

  private static boolean isVersion(HasMetadata job, int version) {
    return String.valueOf(version).equals(job.getMetadata().getLabels().get(Labels.VERSION));
  }
}
