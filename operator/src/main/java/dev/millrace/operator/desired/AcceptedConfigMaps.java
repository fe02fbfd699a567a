package dev.millrace.operator.desired;

import dev.millrace.operator.plan.AcceptedWindow;
import dev.millrace.operator.plan.LabelWindowPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;

/** The ConfigMap that remembers which spec of a LabelWindow was accepted. */
public final class AcceptedConfigMaps {
  private AcceptedConfigMaps() {}

  /** The memory of a LabelWindow. */
  public static ConfigMap of(LabelWindowPlan plan, AcceptedWindow memory) {
    var metadata = Owner.of(plan).owned(Names.accepted(plan.name()));
    metadata.getLabels().put(Labels.COMPONENT, "accepted");
    return new ConfigMapBuilder().withMetadata(metadata).withData(memory.data()).build();
  }
}
