package dev.millrace.operator.controller;

import dev.millrace.contract.Reason;
import dev.millrace.operator.desired.KafkaTopics;
import dev.millrace.operator.desired.Names;
import dev.millrace.operator.desired.PipelineObjects;
import dev.millrace.operator.desired.RolloutConfigMaps;
import dev.millrace.operator.desired.SecretRevisions;
import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.observe.FlinkView;
import dev.millrace.operator.plan.OnlinePlan;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.Rollout;
import dev.millrace.operator.plan.RolloutMemory;
import dev.millrace.operator.plan.TopicIds;
import dev.millrace.operator.status.ApplyFailure;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Writes the children of a pipeline: topics, store, then a definition and a job per version. */
final class PipelineChildren {
  private final OperatorRuntime runtime;
  private final ChildSources<FeaturePipeline> sources;
  private final ChildApplier<FeaturePipeline> applier;
  private final SpareChildren spare;
  private final ManagedTopics<FeaturePipeline> topics;
  private final RedisPassword redisPassword;
  private final StoreData storeData;
  private final StoreGrowth growth;
  private final PipelineHealth health;

  PipelineChildren(
      OperatorRuntime runtime, ChildSources<FeaturePipeline> sources, PipelineHealth health) {
    this.runtime = runtime;
    this.sources = sources;
    this.health = health;
    applier = new ChildApplier<>(runtime, sources);
    var remover = new ChildRemover(runtime);
    spare = new SpareChildren(sources, remover, health);
    topics = new ManagedTopics<>(runtime, sources);
    redisPassword = new RedisPassword(runtime);
    storeData = new StoreData(runtime, sources);
    growth = new StoreGrowth(sources, storeData, remover);
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
    var memoryRef =
        new ChildRef(
            ChildKind.CONFIG_MAP.kind(),
            pipeline.getMetadata().getNamespace(),
            Names.rollout(pipeline.getMetadata().getName()));
    rollout.forgotten().ifPresent(why -> applied.fail(ApplyFailure.forgotten(memoryRef, why)));
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
    store(pipeline, plans, applied);
    if (rollout.origin() == Rollout.Origin.NOTHING && applied.failures().isEmpty()) {
      // Before any job: one without this memory counts as one whose memory was lost.
      boolean first = applied.apply(RolloutConfigMaps.of(inForce.get(), memory));
      if (first && inForce.get().online() instanceof OnlinePlan.Managed) {
        storeData.takenUp(pipeline).forEach(object -> applied.adopt(ChildRef.of(object)));
      }
    }
    boolean mayStart = applied.failures().isEmpty();
    for (PipelinePlan plan : rollout.plans().values()) {
      job(pipeline, plan, tenant, mayStart, applied);
    }
    if (applied.failures().isEmpty()) {
      spare.remove(pipeline, rollout, applied);
      TopicIds seen = topics.seen(wanted, memory.topicIds());
      applied.apply(RolloutConfigMaps.of(inForce.get(), memory.with(seen)));
    }
    return applied;
  }

  private static String goOn(RolloutMemory memory) {
    return "to go on with what is left set spec.version: " + (memory.newestVersion() + 1);
  }

  private void store(
      FeaturePipeline pipeline,
      Collection<PipelinePlan> plans,
      AppliedChildren<FeaturePipeline> applied) {
    Optional<ApplyFailure> first =
        plans.stream().reduce((older, newer) -> newer).flatMap(it -> growth.before(pipeline, it));
    first.ifPresent(applied::fail);
    for (HasMetadata child : PipelineObjects.store(plans, runtime.config())) {
      if (first.isPresent() && child.getKind().equals(ChildKind.STATEFUL_SET.kind())) {
        applied.withhold(ChildRef.of(child));
      } else {
        applied.apply(child);
      }
    }
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
}
