package dev.millrace.operator.controller;

import dev.millrace.operator.config.ProcessSettings;
import dev.millrace.operator.desired.CleanUpJobs;
import dev.millrace.operator.desired.RetainedData;
import dev.millrace.operator.observe.RunObservation;
import dev.millrace.operator.plan.WindowRollout;
import dev.millrace.operator.status.LabelWindowOutcome;
import dev.millrace.operator.status.LabelWindowStatuses;
import dev.millrace.v1alpha1.LabelWindow;
import dev.millrace.v1alpha1.LabelWindowStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deletes a LabelWindow: its topics, then the training set if that was asked for. */
final class WindowDeletion {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final OperatorRuntime runtime;
  private final StatusWriter<LabelWindowStatus, LabelWindow> statuses;
  private final DeletionVerdicts<LabelWindow> verdicts;
  private final DeletionEvents events;
  private final DataRelease<LabelWindow> data;
  private final ChildApplier<LabelWindow> applier;

  WindowDeletion(
      OperatorRuntime runtime,
      ChildSources<LabelWindow> sources,
      StatusWriter<LabelWindowStatus, LabelWindow> statuses) {
    this.runtime = runtime;
    this.statuses = statuses;
    verdicts = new DeletionVerdicts<>(runtime, sources);
    events = new DeletionEvents(runtime);
    data = new DataRelease<>(runtime, sources, new ChildRemover(runtime));
    applier = new ChildApplier<>(runtime, sources);
  }

  /**
   * Goes as far as it can.
   *
   * @return when to look again; empty once nothing is left to do
   */
  Optional<Duration> advance(
      LabelWindow window, WindowRollout rollout, Context<LabelWindow> context) {
    Optional<String> waitsFor;
    try {
      waitsFor = step(window, rollout, context);
    } catch (KubernetesClientException e) {
      waitsFor = Optional.of(ApiFailures.answer(e));
    }
    waitsFor.ifPresent(text -> report(window, rollout, text));
    Duration resync = runtime.config().process().resync();
    return waitsFor.map(text -> PAUSE.compareTo(resync) < 0 ? PAUSE : resync);
  }

  private Optional<String> step(
      LabelWindow window, WindowRollout rollout, Context<LabelWindow> context) {
    DeletionVerdict verdict = verdict(window);
    boolean delete = verdict == DeletionVerdict.DELETE;
    announce(window, rollout, verdict);
    ProcessSettings settings = runtime.config().process();
    Instant topicsUntil = DataRelease.after(window, settings.topicReleaseWait());
    Optional<String> topicsLeft = data.topics(window, delete, topicsUntil);
    if (topicsLeft.isPresent() || !delete || rollout.inForce().isEmpty()) {
      return topicsLeft;
    }
    Optional<String> running =
        data.cleanUp(
            window,
            () -> CleanUpJobs.of(rollout.inForce().get(), runtime.config()),
            object -> applier.provide(object, window, context));
    Instant until = topicsUntil.plus(settings.cleanUpWait());
    return runtime.clock().instant().isBefore(until) ? running : Optional.empty();
  }

  private DeletionVerdict verdict(LabelWindow window) {
    boolean policy =
        window.getSpec().getDeletionPolicy() != null
            && window.getSpec().getDeletionPolicy().getValue().equals("Delete");
    Long observed = window.getStatus() == null ? null : window.getStatus().getObservedGeneration();
    return verdicts.of(window, policy, observed);
  }

  private void announce(LabelWindow window, WindowRollout rollout, DeletionVerdict verdict) {
    List<String> kept =
        rollout
            .inForce()
            .map(RetainedData::of)
            .orElseGet(() -> data.topicsLeft(window)); // of a spec that cannot be planned any more
    events.announce(window, verdict, kept);
  }

  private void report(LabelWindow window, WindowRollout rollout, String waitsFor) {
    Instant now = runtime.clock().instant();
    var outcome =
        new LabelWindowOutcome(
            window.getMetadata().getGeneration(),
            rollout.planned(),
            rollout.diff(),
            rollout.inForce(),
            List.of(),
            List.of(),
            List.of(),
            RunObservation.NONE,
            Optional.empty(),
            0,
            Optional.of(waitsFor));
    statuses.write(window, LabelWindowStatuses.next(window.getStatus(), outcome, now), now);
  }
}
