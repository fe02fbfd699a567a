package dev.millrace.operator.controller;

import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.ChildObservation;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.observe.CronJobHealth;
import dev.millrace.operator.observe.ExistenceHealth;
import dev.millrace.operator.observe.TopicExpectation;
import dev.millrace.operator.observe.TopicHealth;
import dev.millrace.operator.observe.WantedState;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.v1alpha1.LabelWindow;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.List;

/** Looks up how children of a LabelWindow are, in the caches. */
final class WindowHealth {
  private final OperatorRuntime runtime;
  private final ChildSources<LabelWindow> sources;

  WindowHealth(OperatorRuntime runtime, ChildSources<LabelWindow> sources) {
    this.runtime = runtime;
    this.sources = sources;
  }

  List<ChildObservation> of(List<ChildRef> children, LabelWindowPlan plan) {
    return children.stream().map(child -> ChildObservation.of(child, of(child, plan))).toList();
  }

  private ChildHealth of(ChildRef ref, LabelWindowPlan plan) {
    return switch (ChildKind.of(ref.kind()).orElseThrow()) {
      case KAFKA_TOPIC ->
          TopicHealth.of(
              sources.untyped(ref).orElse(null),
              ref,
              TopicExpectation.ofLabel(plan.topic().connection().cluster()),
              runtime.clock().instant());
      case CRON_JOB ->
          CronJobHealth.of(
              (CronJob) sources.get(ref).orElse(null),
              ref,
              plan.suspended() ? WantedState.SUSPENDED : WantedState.RUNNING);
      default -> ExistenceHealth.of(sources.get(ref).orElse(null), ref);
    };
  }
}
