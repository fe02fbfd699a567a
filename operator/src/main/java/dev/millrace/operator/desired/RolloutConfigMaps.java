package dev.millrace.operator.desired;

import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.plan.RolloutMemory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;

/**
 * The ConfigMap that remembers which specs of a pipeline were accepted: what the next change is
 * compared with, and what is restored if a child is edited.
 */
public final class RolloutConfigMaps {
  private RolloutConfigMaps() {}

  /** The memory of a pipeline. */
  public static ConfigMap of(PipelinePlan plan, RolloutMemory memory) {
    var metadata = Owner.of(plan).owned(Names.rollout(plan.name()));
    metadata.getLabels().put(Labels.COMPONENT, "rollout");
    return new ConfigMapBuilder().withMetadata(metadata).withData(memory.data()).build();
  }
}
