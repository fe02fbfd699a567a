package dev.millrace.operator.controller;

import dev.millrace.operator.config.ProcessSettings;
import dev.millrace.operator.controller.event.EventTexts;
import dev.millrace.operator.desired.CleanUpJobs;
import dev.millrace.operator.desired.RetainedData;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.plan.OnlinePlan;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.Rollout;
import dev.millrace.operator.status.PipelineOutcome;
import dev.millrace.operator.status.PipelineStatuses;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deletes a pipeline: its jobs, then its topics, then keys and files if that was asked for. */
final class PipelineDeletion {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final OperatorRuntime runtime;
  private final ChildSources<FeaturePipeline> sources;
  private final StatusWriter<FeaturePipelineStatus, FeaturePipeline> statuses;
  private final DeletionVerdicts<FeaturePipeline> verdicts;
  private final StoreData store;
  private final DeletionEvents events;
  private final ChildRemover remover;
  private final JobRelease jobs;
  private final DataRelease<FeaturePipeline> data;
  private final ChildApplier<FeaturePipeline> applier;

  PipelineDeletion(
      OperatorRuntime runtime,
      ChildSources<FeaturePipeline> sources,
      StatusWriter<FeaturePipelineStatus, FeaturePipeline> statuses) {
    this.runtime = runtime;
    this.sources = sources;
    this.statuses = statuses;
    verdicts = new DeletionVerdicts<>(runtime, sources);
    store = new StoreData(runtime, sources);
    events = new DeletionEvents(runtime);
    remover = new ChildRemover(runtime);
    jobs = new JobRelease(runtime, remover);
    data = new DataRelease<>(runtime, sources, remover);
    applier = new ChildApplier<>(runtime, sources);
  }

  /**
   * Goes as far as it can.
   *
   * @return when to look again; empty once nothing is left to do
   */
  Optional<Duration> advance(
      FeaturePipeline pipeline, Rollout rollout, Context<FeaturePipeline> context) {
    Optional<String> waitsFor;
    try {
      waitsFor = step(pipeline, rollout, context);
    } catch (KubernetesClientException e) {
      waitsFor = Optional.of(ApiFailures.answer(e));
    }
    waitsFor.ifPresent(text -> report(pipeline, rollout, text));
    return waitsFor.map(text -> pause());
  }

  private Duration pause() {
    Duration resync = runtime.config().process().resync();
    return PAUSE.compareTo(resync) < 0 ? PAUSE : resync;
  }

  private Optional<String> step(
      FeaturePipeline pipeline, Rollout rollout, Context<FeaturePipeline> context) {
    DeletionVerdict verdict = verdict(pipeline);
    boolean delete = verdict == DeletionVerdict.DELETE;
    announce(pipeline, rollout, verdict);
    ProcessSettings settings = runtime.config().process();
    Instant jobsUntil = DataRelease.after(pipeline, settings.savepointWait());
    Optional<String> jobsLeft = jobs(pipeline, !delete, jobsUntil);
    if (jobsLeft.isPresent()) {
      return jobsLeft;
    }
    Instant topicsUntil =
        jobsUntil.plus(settings.savepointWait()).plus(settings.topicReleaseWait());
    Optional<String> topicsLeft = data.topics(pipeline, delete, topicsUntil);
    if (topicsLeft.isPresent() || !delete) {
      return topicsLeft;
    }
    return deleteData(pipeline, rollout, topicsUntil.plus(settings.cleanUpWait()), context);
  }

  private DeletionVerdict verdict(FeaturePipeline pipeline) {
    boolean policy =
        pipeline.getSpec().getDeletionPolicy() != null
            && pipeline.getSpec().getDeletionPolicy().getValue().equals("Delete");
    Long observed =
        pipeline.getStatus() == null ? null : pipeline.getStatus().getObservedGeneration();
    return verdicts.of(pipeline, policy, observed);
  }

  private void announce(FeaturePipeline pipeline, Rollout rollout, DeletionVerdict verdict) {
    if (verdict == DeletionVerdict.DELETE) {
      return;
    }
    var kept = new ArrayList<>(RetainedData.of(rollout.plans().values()));
    if (kept.isEmpty()) {
      kept.addAll(data.topicsLeft(pipeline)); // of a spec that cannot be planned any more
    }
    if (verdict != DeletionVerdict.RETAIN_GOING) { // else it goes with its namespace
      kept.addAll(RetainedData.store(rollout.plans().values()));
      store.volumes(pipeline).forEach(volume -> kept.add(ChildRef.of(volume).toString()));
    }
    events.announce(pipeline, verdict, kept.stream().distinct().toList());
  }

  private Optional<String> jobs(FeaturePipeline pipeline, boolean savepoint, Instant until) {
    List<HasMetadata> left = sources.owned(ChildKind.FLINK_DEPLOYMENT, pipeline).toList();
    if (left.isEmpty()) {
      return Optional.empty();
    }
    Instant now = runtime.clock().instant();
    boolean late = !now.isBefore(until);
    Optional<String> refused =
        DataRelease.refused(left.stream().map(job -> jobs.stop(job, savepoint && !late)));
    if (late) {
      left.forEach(jobs::withoutSavepoint);
    }
    // Twice the time and it is still there: its operator is away. The garbage collector has it.
    boolean given = !now.isBefore(until.plus(runtime.config().process().savepointWait()));
    return given
        ? Optional.empty()
        : refused.or(
            () ->
                Optional.of(
                    left.size()
                        + (savepoint && !late ? " jobs stop with a savepoint" : " jobs stop")));
  }

  private Optional<String> deleteData(
      FeaturePipeline pipeline, Rollout rollout, Instant until, Context<FeaturePipeline> context) {
    Optional<PipelinePlan> plan = rollout.inForce();
    if (plan.isEmpty()) {
      return Optional.empty(); // nothing was ever accepted, so nothing was made
    }
    Optional<String> running =
        data.cleanUp(
            pipeline,
            () -> CleanUpJobs.of(plan.get(), runtime.config()),
            object -> applier.provide(object, pipeline, context));
    if (running.isPresent() && runtime.clock().instant().isBefore(until)) {
      return running;
    }
    running.ifPresent(
        text ->
            runtime
                .events()
                .record(
                    pipeline,
                    List.of(
                        EventTexts.retained(
                            List.of(
                                "what the clean-up Job left below " + plan.get().location())))));
    boolean stored =
        plan.get().online() instanceof OnlinePlan.Managed || !store.volumes(pipeline).isEmpty();
    return stored
        ? DataRelease.refused(store.of(pipeline).stream().map(remover::remove))
        : Optional.empty();
  }

  private void report(FeaturePipeline pipeline, Rollout rollout, String waitsFor) {
    Instant now = runtime.clock().instant();
    var outcome =
        new PipelineOutcome(
            pipeline.getMetadata().getGeneration(),
            rollout.planned(),
            rollout.diff(),
            rollout.inForce(),
            rollout.servedVersion(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.of(waitsFor));
    statuses.write(pipeline, PipelineStatuses.next(pipeline.getStatus(), outcome, now), now);
  }
}
