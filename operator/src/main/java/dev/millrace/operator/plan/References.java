package dev.millrace.operator.plan;

import dev.millrace.operator.config.ConnectionCatalogue;
import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import java.time.Instant;
import java.util.List;

/**
 * What a plan may look at beside its own spec; nothing is looked up.
 *
 * @param connections what the administrator registered
 * @param pipelines all pipelines the operator sees, the planned one included
 * @param labelWindows all label windows the operator sees, the planned one included
 * @param now the time, for rules about the past
 */
public record References(
    ConnectionCatalogue connections,
    List<FeaturePipeline> pipelines,
    List<LabelWindow> labelWindows,
    Instant now) {
  public References {
    pipelines = List.copyOf(pipelines);
    labelWindows = List.copyOf(labelWindows);
  }

  /** Pipelines of one namespace. */
  List<FeaturePipeline> pipelinesIn(String namespace) {
    return pipelines.stream()
        .filter(pipeline -> namespace.equals(pipeline.getMetadata().getNamespace()))
        .toList();
  }

  /** Label windows of one namespace. */
  List<LabelWindow> labelWindowsIn(String namespace) {
    return labelWindows.stream()
        .filter(window -> namespace.equals(window.getMetadata().getNamespace()))
        .toList();
  }
}
