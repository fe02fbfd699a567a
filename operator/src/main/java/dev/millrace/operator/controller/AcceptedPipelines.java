package dev.millrace.operator.controller;

import dev.millrace.operator.desired.Labels;
import dev.millrace.operator.desired.Names;
import dev.millrace.operator.plan.RolloutMemory;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pipelines that LabelWindows read, as readers see them: with the spec of the version that is
 * served, not one that was refused or is still replayed.
 */
final class AcceptedPipelines {
  private InformerEventSource<FeaturePipeline, LabelWindow> pipelines;
  private InformerEventSource<ConfigMap, LabelWindow> memories;

  List<EventSource<?, LabelWindow>> prepare(EventSourceContext<LabelWindow> context) {
    pipelines =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(FeaturePipeline.class, LabelWindow.class)
                .withName("featurepipelines")
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(
                    pipeline ->
                        readers(
                            context,
                            pipeline.getMetadata().getNamespace(),
                            pipeline.getMetadata().getName()))
                .build(),
            context);
    memories =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(ConfigMap.class, LabelWindow.class)
                .withName("rollouts")
                .withLabelSelector(
                    Labels.MANAGED_BY + "=" + Labels.MILLRACE + "," + Labels.PIPELINE)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(
                    map ->
                        readers(
                            context,
                            map.getMetadata().getNamespace(),
                            map.getMetadata().getLabels().get(Labels.PIPELINE)))
                .build(),
            context);
    return List.of(pipelines, memories);
  }

  private static Set<ResourceID> readers(
      EventSourceContext<LabelWindow> context, String namespace, String pipeline) {
    var wanted = new ResourceID(pipeline, namespace);
    return context
        .getPrimaryCache()
        .list(namespace, window -> LabelWindowPipelines.of(window).contains(wanted))
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  /** Makes sure that a pipeline that is not seen does not exist. */
  void requireFilled(FilledCaches filled) {
    filled.require(pipelines, "/apis/millrace.dev/v1alpha1", "featurepipelines");
    ChildKind kind = ChildKind.CONFIG_MAP;
    filled.require(memories, kind.apiPath(), kind.plural());
  }

  /** All pipelines, with the spec that is in force. */
  List<FeaturePipeline> list() {
    return pipelines.list(any -> true).map(this::inForce).toList();
  }

  private FeaturePipeline inForce(FeaturePipeline pipeline) {
    var id =
        new ResourceID(
            Names.rollout(pipeline.getMetadata().getName()), pipeline.getMetadata().getNamespace());
    return memories
        .get(id)
        .filter(map -> Ownership.belongs(map, pipeline) && map.getData() != null)
        .flatMap(map -> RolloutMemory.parse(map.getData()))
        .map(memory -> memory.pipeline(pipeline, memory.servedVersion()))
        .orElse(pipeline);
  }
}
