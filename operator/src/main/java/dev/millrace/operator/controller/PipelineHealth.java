package dev.millrace.operator.controller;

import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.ChildObservation;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.observe.ExistenceHealth;
import dev.millrace.operator.observe.FlinkExpectation;
import dev.millrace.operator.observe.FlinkHealth;
import dev.millrace.operator.observe.FlinkView;
import dev.millrace.operator.observe.StatefulSetHealth;
import dev.millrace.operator.observe.TopicExpectation;
import dev.millrace.operator.observe.TopicHealth;
import dev.millrace.operator.observe.WantedState;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.status.RunningGeneration;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;

/** Looks up how children of a pipeline are, in the caches. */
final class PipelineHealth {
  private final OperatorRuntime runtime;
  private final ChildSources<FeaturePipeline> sources;

  PipelineHealth(OperatorRuntime runtime, ChildSources<FeaturePipeline> sources) {
    this.runtime = runtime;
    this.sources = sources;
  }

  /** How the named children are. */
  List<ChildObservation> of(List<ChildRef> children, PipelinePlan plan, FeaturePipeline owner) {
    return children.stream()
        .map(child -> ChildObservation.of(child, of(child, plan, owner)))
        .toList();
  }

  /** How one child is. */
  ChildHealth of(ChildRef ref, PipelinePlan plan, FeaturePipeline owner) {
    ChildKind kind = ChildKind.of(ref.kind()).orElseThrow();
    return switch (kind) {
      case KAFKA_TOPIC ->
          TopicHealth.of(
              sources.untyped(ref).orElse(null),
              ref,
              TopicExpectation.ofPipeline(plan.topic().connection().cluster()),
              runtime.clock().instant());
      case FLINK_DEPLOYMENT ->
          FlinkHealth.of(
              sources.untyped(ref).map(FlinkView::of).orElse(null),
              new FlinkExpectation(
                  ref,
                  wanted(plan),
                  plan.storage().name(),
                  RunningGeneration.of(owner.getStatus())),
              runtime.clock().instant());
      case STATEFUL_SET -> StatefulSetHealth.of((StatefulSet) cached(ref), ref);
      default -> ExistenceHealth.of(cached(ref), ref);
    };
  }

  static WantedState wanted(PipelinePlan plan) {
    return plan.suspended() ? WantedState.SUSPENDED : WantedState.RUNNING;
  }

  private HasMetadata cached(ChildRef ref) {
    return sources.get(ref).orElse(null);
  }
}
