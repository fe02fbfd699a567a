package dev.millrace.operator.controller;

import dev.millrace.operator.plan.Recollection;
import dev.millrace.operator.plan.References;
import dev.millrace.operator.plan.Rollout;
import dev.millrace.operator.plan.RolloutMemory;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Optional;
import java.util.OptionalInt;

/** Decides what a pipeline is to run, with everything that the plan depends on. */
final class PipelineRollouts {
  private static final String OUR_API = "/apis/millrace.dev/v1alpha1";

  private final OperatorRuntime runtime;
  private final FilledCaches filled;
  private final ChildSources<FeaturePipeline> sources;
  private final RolloutMemories memories;
  private final PipelineJobs jobs;
  private InformerEventSource<LabelWindow, FeaturePipeline> labelWindows;

  PipelineRollouts(
      OperatorRuntime runtime,
      FilledCaches filled,
      ChildSources<FeaturePipeline> sources,
      PipelineJobs jobs) {
    this.runtime = runtime;
    this.filled = filled;
    this.sources = sources;
    this.jobs = jobs;
    memories = new RolloutMemories(runtime, sources);
  }

  /** LabelWindows, whose columns a pipeline may not drop. */
  EventSource<?, FeaturePipeline> prepare(EventSourceContext<FeaturePipeline> context) {
    labelWindows =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(LabelWindow.class, FeaturePipeline.class)
                .withName("labelwindows")
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(LabelWindowPipelines::of)
                .build(),
            context);
    return labelWindows;
  }

  Rollout decide(FeaturePipeline pipeline, Context<FeaturePipeline> context) {
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
}
