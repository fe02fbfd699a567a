package dev.millrace.operator.controller;

import dev.millrace.operator.desired.DefinitionConfigMaps;
import dev.millrace.operator.desired.Labels;
import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.plan.Rollout;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a change of a pipeline leaves over. */
final class SpareChildren {
  /** Kinds that a change can leave over, none of which holds data. */
  private static final List<ChildKind> SPARE =
      List.of(
          ChildKind.CONFIG_MAP,
          ChildKind.STATEFUL_SET,
          ChildKind.SERVICE,
          ChildKind.NETWORK_POLICY);

  private final ChildSources<FeaturePipeline> sources;
  private final ChildRemover remover;
  private final PipelineHealth health;

  SpareChildren(
      ChildSources<FeaturePipeline> sources, ChildRemover remover, PipelineHealth health) {
    this.sources = sources;
    this.remover = remover;
    this.health = health;
  }

  /**
   * Removes what no version needs any more: jobs of versions that were replaced, then their
   * documents, and the processes of a managed Redis that was given up. Data stays.
   */
  void remove(FeaturePipeline pipeline, Rollout rollout, AppliedChildren<FeaturePipeline> applied) {
    Set<ChildRef> wanted = new HashSet<>(applied.desired());
    Set<Integer> versions = rollout.memory().orElseThrow().specs().keySet();
    List<HasMetadata> jobs =
        sources
            .owned(ChildKind.FLINK_DEPLOYMENT, pipeline)
            .filter(job -> versions.stream().noneMatch(version -> isVersion(job, version)))
            .toList();
    jobs.forEach(job -> remover.remove(job).ifPresent(applied::fail));
    // Pods that restart before an upgrade is through still need the document they were made with.
    boolean settled =
        jobs.isEmpty()
            && rollout.plans().keySet().equals(versions)
            && applied.desired().stream()
                .filter(child -> child.kind().equals(ChildKind.FLINK_DEPLOYMENT.kind()))
                .allMatch(
                    child ->
                        health.of(child, rollout.inForce().orElseThrow(), pipeline)
                            instanceof ChildHealth.Ready);
    if (settled) {
      for (ChildKind kind : SPARE) {
        sources
            .owned(kind, pipeline)
            .filter(child -> !wanted.contains(ChildRef.of(child)) && !isRollout(child))
            .forEach(child -> remover.remove(child).ifPresent(applied::fail));
      }
    }
  }

  private static boolean isRollout(HasMetadata child) {
    return child instanceof ConfigMap map
        && (map.getData() == null || !map.getData().containsKey(DefinitionConfigMaps.PIPELINE_KEY));
  }

  private static boolean isVersion(HasMetadata job, int version) {
    return String.valueOf(version).equals(job.getMetadata().getLabels().get(Labels.VERSION));
  }
}
