package dev.millrace.operator.controller;

import dev.millrace.operator.desired.Labels;
import dev.millrace.operator.observe.RunObservation;
import dev.millrace.operator.plan.AcceptedWindow;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.PlanResult.MissingReference;
import dev.millrace.operator.plan.Recollection;
import dev.millrace.operator.plan.References;
import dev.millrace.operator.plan.Schedules;
import dev.millrace.operator.plan.WindowRollout;
import dev.millrace.operator.status.LabelWindowOutcome;
import dev.millrace.operator.status.LabelWindowStatuses;
import dev.millrace.operator.status.StatusWrites;
import dev.millrace.operator.status.Unread;
import dev.millrace.v1alpha1.LabelWindow;
import dev.millrace.v1alpha1.LabelWindowStatus;
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

/** Looks after LabelWindows: plan, apply, observe, report (architecture.md §2). */
final class LabelWindowReconciler implements Reconciler<LabelWindow>, Cleaner<LabelWindow> {
  private static final List<ChildKind> CHILDREN =
      List.of(
          ChildKind.KAFKA_TOPIC,
          ChildKind.CONFIG_MAP,
          ChildKind.NETWORK_POLICY,
          ChildKind.CRON_JOB,
          ChildKind.JOB,
          ChildKind.POD);

  private final OperatorRuntime runtime;
  private final FilledCaches filled;
  private final ChildSources<LabelWindow> sources;
  private final AcceptedPipelines pipelines = new AcceptedPipelines();
  private final AcceptedWindows memories;
  private final WindowRuns runs;
  private final WindowHealth health;
  private final WindowChildren children;
  private final WindowTenants tenants;
  private final WindowDeletion deletion;
  private final Backoffs backoffs;
  private final StatusWriter<LabelWindowStatus, LabelWindow> statuses;

  LabelWindowReconciler(OperatorRuntime runtime) {
    this.runtime = runtime;
    filled = new FilledCaches(runtime.client());
    sources =
        new ChildSources<>(
            LabelWindow.class,
            Labels.LABEL_WINDOW,
            CHILDREN,
            KafkaNamespaces.of(runtime.connections()),
            runtime.neighbours(),
            filled);
    memories = new AcceptedWindows(runtime, sources);
    runs = new WindowRuns(sources);
    health = new WindowHealth(runtime, sources);
    children = new WindowChildren(runtime, sources);
    tenants = new WindowTenants(runtime);
    backoffs = new Backoffs(runtime.retry());
    statuses =
        new StatusWriter<>(
            runtime,
            LabelWindow::new,
            StatusWrites::worthWriting,
            LabelWindowStatus::getObservedGeneration);
    deletion = new WindowDeletion(runtime, sources, statuses);
  }

  @Override
  public List<EventSource<?, LabelWindow>> prepareEventSources(
      EventSourceContext<LabelWindow> context) {
    var prepared = new ArrayList<EventSource<?, LabelWindow>>(sources.prepare(context));
    prepared.addAll(pipelines.prepare(context));
    return prepared;
  }

  @Override
  public UpdateControl<LabelWindow> reconcile(LabelWindow window, Context<LabelWindow> context) {
    window.setStatus(statuses.previous(window));
    sources.openNew(context);
    WindowRollout rollout = plan(window, context);
    TenantReader.Tenant tenant = tenants.read(rollout.inForce());
    AppliedChildren<LabelWindow> applied = children.apply(window, rollout, tenant, context);
    LabelWindowOutcome outcome = observe(window, rollout, tenant.missing(), applied);
    return report(window, rollout, outcome, applied);
  }

  private WindowRollout plan(LabelWindow window, Context<LabelWindow> context) {
    pipelines.requireFilled(filled);
    // A run that is not seen has not been published, and what was published binds the spec.
    String namespace = window.getMetadata().getNamespace();
    sources.requireFilled(ChildKind.JOB, namespace);
    sources.requireFilled(ChildKind.POD, namespace);
    var references =
        new References(
            runtime.connections(),
            pipelines.list(),
            context.getPrimaryCache().list().toList(),
            runtime.clock().instant());
    int published = WindowRuns.published(runs.of(window));
    Optional<AcceptedWindow> memory = memories.read(window);
    // A deletion goes by the spec, whatever was in force: nothing else is left to go by.
    boolean deleted = window.getMetadata().getDeletionTimestamp() != null;
    if (memory.isPresent() || deleted) {
      return WindowRollout.decide(window, memory, published, references, runtime.config());
    }
    Recollection<AcceptedWindow> known = memories.recollect(window, published);
    return WindowRollout.decide(window, known, references, runtime.config());
  }

  private LabelWindowOutcome observe(
      LabelWindow window,
      WindowRollout rollout,
      List<MissingReference> missing,
      AppliedChildren<LabelWindow> applied) {
    Optional<LabelWindowPlan> inForce = rollout.inForce();
    RunObservation observed = runs.of(window);
    return new LabelWindowOutcome(
        window.getMetadata().getGeneration(),
        rollout.planned(),
        rollout.diff(),
        inForce,
        missing,
        applied.failures(),
        inForce.map(plan -> health.of(applied.desired(), plan)).orElse(List.of()),
        observed,
        inForce
            .filter(plan -> !plan.suspended())
            .flatMap(plan -> Schedules.next(plan.extract(), runtime.clock().instant())),
        rollout.memory().map(AcceptedWindow::publishedRuns).orElse(0),
        Optional.empty());
  }

  private UpdateControl<LabelWindow> report(
      LabelWindow window,
      WindowRollout rollout,
      LabelWindowOutcome outcome,
      AppliedChildren<LabelWindow> applied) {
    Instant now = runtime.clock().instant();
    LabelWindowStatus previous = window.getStatus();
    LabelWindowStatus next = LabelWindowStatuses.next(previous, outcome, now);
    statuses.write(window, next, now);
    window.setStatus(next);
    runtime.resourceMetrics().statusWritten(window);
    runtime.events().record(window, WindowEvents.of(previous, next, rollout, applied));
    return UpdateControl.<LabelWindow>noUpdate().rescheduleAfter(pause(window, applied));
  }

  private Duration pause(LabelWindow window, AppliedChildren<LabelWindow> applied) {
    if (applied.unfinished()) {
      return backoffs.next(window);
    }
    Duration resync = runtime.config().process().resync();
    boolean soon = applied.missingKind() && Neighbours.PATIENCE.compareTo(resync) < 0;
    return backoffs.reset(window, soon ? Neighbours.PATIENCE : resync);
  }

  /** A refusal, or a mistake of ours, shows in the status; whatever failed is tried again. */
  @Override
  public ErrorStatusUpdateControl<LabelWindow> updateErrorStatus(
      LabelWindow window, Context<LabelWindow> context, Exception failure) {
    if (!statuses.uncertain(window)) { // else it is the status that cannot be written
      Unreads.of(window, failure).ifPresent(unread -> report(window, unread));
    }
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  private void report(LabelWindow window, Unread unread) {
    Instant now = runtime.clock().instant();
    window.setStatus(statuses.previous(window));
    statuses.write(window, LabelWindowStatuses.unread(window.getStatus(), unread, now), now);
  }

  @Override
  public DeleteControl cleanup(LabelWindow window, Context<LabelWindow> context) {
    window.setStatus(statuses.previous(window));
    sources.openNew(context);
    Optional<Duration> again;
    try {
      sources.requireFilled();
      again = deletion.advance(window, plan(window, context), context);
    } catch (RuntimeException e) { // the framework tells only of failures to reconcile
      updateErrorStatus(window, context, e);
      throw e;
    }
    if (again.isPresent()) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(again.get().toMillis());
    }
    statuses.forget(window);
    backoffs.forget(window);
    runtime
        .resourceMetrics()
        .removed(
            window.getKind(), window.getMetadata().getNamespace(), window.getMetadata().getName());
    return DeleteControl.defaultDelete();
  }
}
