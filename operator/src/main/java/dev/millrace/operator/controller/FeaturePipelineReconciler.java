package dev.millrace.operator.controller;

import dev.millrace.operator.desired.Labels;
import dev.millrace.operator.observe.JobObservation;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.PlanResult.MissingReference;
import dev.millrace.operator.plan.Rollout;
import dev.millrace.operator.status.PipelineOutcome;
import dev.millrace.operator.status.PipelineStatuses;
import dev.millrace.operator.status.StatusWrites;
import dev.millrace.operator.status.Unread;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks after FeaturePipelines: plan, apply, observe, report (architecture.md §2). */
final class FeaturePipelineReconciler
    implements Reconciler<FeaturePipeline>, Cleaner<FeaturePipeline> {
  private static final List<ChildKind> CHILDREN =
      List.of(
          ChildKind.KAFKA_TOPIC,
          ChildKind.FLINK_DEPLOYMENT,
          ChildKind.STATEFUL_SET,
          ChildKind.SERVICE,
          ChildKind.CONFIG_MAP,
          ChildKind.NETWORK_POLICY,
          ChildKind.JOB,
          ChildKind.CLAIM);

  private final OperatorRuntime runtime;
  private final ChildSources<FeaturePipeline> sources;
  private final PipelineJobs jobs;
  private final PipelineRollouts rollouts;
  private final SettledPipelines settled;
  private final PipelineHealth health;
  private final PipelineChildren children;
  private final PipelineTenants tenants;
  private final PipelineDeletion deletion;
  private final Backoffs backoffs;
  private final StatusWriter<FeaturePipelineStatus, FeaturePipeline> statuses;

  FeaturePipelineReconciler(OperatorRuntime runtime) {
    this.runtime = runtime;
    var filled = new FilledCaches(runtime.client());
    sources =
        new ChildSources<>(
            FeaturePipeline.class,
            Labels.PIPELINE,
            CHILDREN,
            KafkaNamespaces.of(runtime.connections()),
            runtime.neighbours(),
            filled);
    jobs = new PipelineJobs(runtime, sources);
    rollouts = new PipelineRollouts(runtime, filled, sources, jobs);
    health = new PipelineHealth(runtime, sources);
    children = new PipelineChildren(runtime, sources, health);
    tenants = new PipelineTenants(runtime);
    backoffs = new Backoffs(runtime.retry());
    statuses =
        new StatusWriter<>(
            runtime,
            FeaturePipeline::new,
            StatusWrites::worthWriting,
            FeaturePipelineStatus::getObservedGeneration);
    settled = new SettledPipelines(runtime, jobs, statuses);
    deletion = new PipelineDeletion(runtime, sources, statuses);
  }

  @Override
  public List<EventSource<?, FeaturePipeline>> prepareEventSources(
      EventSourceContext<FeaturePipeline> context) {
    var prepared = new ArrayList<EventSource<?, FeaturePipeline>>(sources.prepare(context));
    prepared.add(rollouts.prepare(context));
    prepared.add(settled.events());
    return prepared;
  }

  @Override
  public UpdateControl<FeaturePipeline> reconcile(
      FeaturePipeline pipeline, Context<FeaturePipeline> context) {
    pipeline.setStatus(statuses.previous(pipeline));
    sources.openNew(context);
    Rollout rollout = rollouts.decide(pipeline, context);
    TenantReader.Tenant tenant = tenants.read(rollout.inForce());
    AppliedChildren<FeaturePipeline> applied = children.apply(pipeline, rollout, tenant, context);
    PipelineOutcome outcome = observe(pipeline, rollout, tenant.missing(), applied);
    return report(pipeline, rollout, outcome, applied);
  }

  private PipelineOutcome observe(
      FeaturePipeline pipeline,
      Rollout rollout,
      List<MissingReference> missing,
      AppliedChildren<FeaturePipeline> applied) {
    Optional<PipelinePlan> inForce = rollout.inForce();
    List<JobObservation> observed =
        jobs.observe(pipeline, rollout.memory()).stream()
            .sorted((a, b) -> servedFirst(rollout, a, b))
            .toList();
    return new PipelineOutcome(
        pipeline.getMetadata().getGeneration(),
        rollout.planned(),
        rollout.diff(),
        inForce,
        rollout.servedVersion(),
        missing,
        applied.failures(),
        inForce.map(plan -> health.of(applied.desired(), plan, pipeline)).orElse(List.of()),
        observed,
        Optional.empty(),
        Optional.empty());
  }

  private static int servedFirst(Rollout rollout, JobObservation a, JobObservation b) {
    return Boolean.compare(
        b.version() == rollout.servedVersion(), a.version() == rollout.servedVersion());
  }

  private UpdateControl<FeaturePipeline> report(
      FeaturePipeline pipeline,
      Rollout rollout,
      PipelineOutcome outcome,
      AppliedChildren<FeaturePipeline> applied) {
    Instant now = runtime.clock().instant();
    FeaturePipelineStatus previous = pipeline.getStatus();
    FeaturePipelineStatus next = PipelineStatuses.next(previous, outcome, now);
    statuses.write(pipeline, next, now);
    pipeline.setStatus(next);
    runtime.resourceMetrics().statusWritten(pipeline);
    settled.seen(pipeline, outcome);
    runtime.events().record(pipeline, PipelineEvents.of(previous, next, rollout, applied));
    return UpdateControl.<FeaturePipeline>noUpdate()
        .rescheduleAfter(pause(pipeline, applied.unfinished()));
  }

  private Duration pause(FeaturePipeline pipeline, boolean unfinished) {
    return unfinished
        ? backoffs.next(pipeline)
        : backoffs.reset(pipeline, jobs.pause(SettledPipelines.isSettled(pipeline)));
  }

  /** A refusal, or a mistake of ours, shows in the status; whatever failed is tried again. */
  @Override
  public ErrorStatusUpdateControl<FeaturePipeline> updateErrorStatus(
      FeaturePipeline pipeline, Context<FeaturePipeline> context, Exception failure) {
    if (!statuses.uncertain(pipeline)) { // else it is the status that cannot be written
      Unreads.of(pipeline, failure).ifPresent(unread -> report(pipeline, unread));
    }
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  private void report(FeaturePipeline pipeline, Unread unread) {
    Instant now = runtime.clock().instant();
    pipeline.setStatus(statuses.previous(pipeline));
    statuses.write(pipeline, PipelineStatuses.unread(pipeline.getStatus(), unread, now), now);
  }

  @Override
  public DeleteControl cleanup(FeaturePipeline pipeline, Context<FeaturePipeline> context) {
    pipeline.setStatus(statuses.previous(pipeline));
    sources.openNew(context);
    try {
      sources.requireFilled();
      Rollout rollout = rollouts.decide(pipeline, context);
      Optional<Duration> again = deletion.advance(pipeline, rollout, context);
      if (again.isPresent()) {
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(again.get().toMillis());
      }
      forget(pipeline, rollout);
      return DeleteControl.defaultDelete();
    } catch (RuntimeException e) { // the framework tells only of failures to reconcile
      updateErrorStatus(pipeline, context, e);
      throw e;
    }
  }

  private void forget(FeaturePipeline pipeline, Rollout rollout) {
    statuses.forget(pipeline);
    backoffs.forget(pipeline);
    settled.forget(pipeline);
    rollout
        .memory()
        .ifPresent(known -> known.specs().keySet().forEach(v -> jobs.forget(pipeline, v)));
    runtime
        .resourceMetrics()
        .removed(
            pipeline.getKind(),
            pipeline.getMetadata().getNamespace(),
            pipeline.getMetadata().getName());
  }
}
