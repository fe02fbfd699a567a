package dev.millrace.operator.controller;

import dev.millrace.operator.desired.Labels;
import dev.millrace.operator.observe.JobObservation;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.PlanResult.MissingReference;
import dev.millrace.operator.plan.Recollection;
import dev.millrace.operator.plan.References;
import dev.millrace.operator.plan.Rollout;
import dev.millrace.operator.plan.RolloutMemory;
import dev.millrace.operator.status.PipelineOutcome;
import dev.millrace.operator.status.PipelineStatuses;
import dev.millrace.operator.status.StatusWrites;
import dev.millrace.operator.status.Unread;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import dev.millrace.v1alpha1.LabelWindow;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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

  private static final String OUR_API = "/apis/millrace.dev/v1alpha1";

  private final OperatorRuntime runtime;
  private final FilledCaches filled;
  private final ChildSources<FeaturePipeline> sources;
  private final RolloutMemories memories;
  private final PipelineJobs jobs;
  private final JobWatch watch;
  private final PipelineHealth health;
  private final PipelineChildren children;
  private final PipelineTenants tenants;
  private final PipelineDeletion deletion;
  private final Backoffs backoffs;
  private final StatusWriter<FeaturePipelineStatus, FeaturePipeline> statuses;
  private InformerEventSource<LabelWindow, FeaturePipeline> labelWindows;

  FeaturePipelineReconciler(OperatorRuntime runtime) {
    this.runtime = runtime;
    filled = new FilledCaches(runtime.client());
    sources =
        new ChildSources<>(
            FeaturePipeline.class,
            Labels.PIPELINE,
            CHILDREN,
            KafkaNamespaces.of(runtime.connections()),
            runtime.neighbours(),
            filled);
    memories = new RolloutMemories(runtime, sources);
    jobs = new PipelineJobs(runtime, sources);
    watch = new JobWatch(jobs.watchInterval());
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
    deletion = new PipelineDeletion(runtime, sources, statuses);
  }

  @Override
  public List<EventSource<?, FeaturePipeline>> prepareEventSources(
      EventSourceContext<FeaturePipeline> context) {
    var prepared = new ArrayList<EventSource<?, FeaturePipeline>>(sources.prepare(context));
    labelWindows =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(LabelWindow.class, FeaturePipeline.class)
                .withName("labelwindows")
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(LabelWindowPipelines::of)
                .build(),
            context);
    prepared.add(labelWindows);
    prepared.add(watch.events());
    return prepared;
  }

  @Override
  public UpdateControl<FeaturePipeline> reconcile(
      FeaturePipeline pipeline, Context<FeaturePipeline> context) {
    pipeline.setStatus(statuses.previous(pipeline));
    sources.openNew(context);
    Rollout rollout = plan(pipeline, context);
    TenantReader.Tenant tenant = tenants.read(rollout.inForce());
    AppliedChildren<FeaturePipeline> applied = children.apply(pipeline, rollout, tenant, context);
    PipelineOutcome outcome = observe(pipeline, rollout, tenant.missing(), applied);
    return report(pipeline, rollout, outcome, applied);
  }

  private Rollout plan(FeaturePipeline pipeline, Context<FeaturePipeline> context) {
    Optional<RolloutMemory> memory = memories.read(pipeline);
    OptionalInt served = PipelineJobs.servedVersion(jobs.observe(pipeline, memory));
    // A deletion goes by the spec, whatever was in force: nothing else is left to go by.
    boolean deleted = pipeline.getMetadata().getDeletionTimestamp() != null;
    if (memory.isPresent() || deleted) {
      return Rollout.decide(pipeline, memory, served, references(context), runtime.config());
    }
    sources.requireFilled(
        ChildKind.FLINK_DEPLOYMENT, pipeline.getMetadata().getNamespace()); // or it seems the first
    Recollection<RolloutMemory> known =
        memories.recollect(pipeline, PipelineJobs.servedVersion(jobs.observeCurrent(pipeline)));
    return Rollout.decide(pipeline, known, references(context), runtime.config());
  }

  /** One that was never filled would allow to drop a column that a LabelWindow reads. */
  private References references(Context<FeaturePipeline> context) {
    filled.require(labelWindows, OUR_API, "labelwindows");
    return new References(
        runtime.connections(),
        context.getPrimaryCache().list().toList(),
        labelWindows.list(any -> true).toList(),
        runtime.clock().instant());
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
    measure(pipeline, outcome);
    watch(pipeline, outcome);
    runtime.events().record(pipeline, PipelineEvents.of(previous, next, rollout, applied));
    return UpdateControl.<FeaturePipeline>noUpdate()
        .rescheduleAfter(pause(pipeline, applied.unfinished()));
  }

  /** A pipeline that settled is reconciled again when its jobs say something else. */
  private void watch(FeaturePipeline pipeline, PipelineOutcome outcome) {
    ResourceID id = ResourceID.fromResource(pipeline);
    if (isSettled(pipeline)) {
      watch.watch(id, () -> jobsSaySomethingElse(pipeline, outcome));
    } else {
      watch.forget(id);
    }
  }

  private boolean jobsSaySomethingElse(FeaturePipeline pipeline, PipelineOutcome before) {
    PipelineOutcome outcome = before.with(jobs.readAgain(pipeline, before.jobs()));
    measure(pipeline, outcome);
    Instant now = runtime.clock().instant();
    FeaturePipelineStatus next = PipelineStatuses.next(pipeline.getStatus(), outcome, now);
    return statuses.isWorthWriting(pipeline, next, now);
  }

  /** Ready, with one version: while another one catches up, every read counts. */
  private static boolean isSettled(FeaturePipeline pipeline) {
    List<?> known = pipeline.getStatus().getJobs();
    return Statuses.isReady(pipeline) && known != null && known.size() == 1;
  }

  /** Live figures are metrics; status has them at its own, slower pace. */
  private void measure(FeaturePipeline pipeline, PipelineOutcome outcome) {
    outcome.jobs().stream()
        .filter(job -> job.version() == outcome.servedVersion() && job.missedReads() == 0)
        .forEach(
            job ->
                job.report()
                    .ifPresent(
                        report ->
                            runtime
                                .resourceMetrics()
                                .jobRead(pipeline, report, job.lastCheckpoint())));
  }

  private Duration pause(FeaturePipeline pipeline, boolean unfinished) {
    return unfinished
        ? backoffs.next(pipeline)
        : backoffs.reset(pipeline, jobs.pause(isSettled(pipeline)));
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
      Rollout rollout = plan(pipeline, context);
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
    watch.forget(ResourceID.fromResource(pipeline));
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
