package dev.millrace.operator.desired;

import dev.millrace.contract.ResourceKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/**
 * The ConfigMap that says that a resource's data is being deleted with it. It cannot be edited, and
 * goes with the resource.
 */
public final class DeletionRecords {
  private DeletionRecords() {}

  /** The record of a FeaturePipeline or LabelWindow. */
  public static ConfigMap of(HasMetadata resource) {
    var owner =
        new Owner(
            resource.getKind(),
            resource.getMetadata().getNamespace(),
            resource.getMetadata().getName(),
            resource.getMetadata().getUid());
    ResourceKind kind =
        owner.kind().equals(Owner.PIPELINE)
            ? ResourceKind.FEATURE_PIPELINE
            : ResourceKind.LABEL_WINDOW;
    var metadata = owner.owned(Names.deletion(kind, owner.name()));
    metadata.getLabels().put(Labels.COMPONENT, "deletion");
    return new ConfigMapBuilder()
        .withMetadata(metadata)
        .withImmutable(true)
        .withData(Map.of("verdict", "Delete"))
        .build();
  }
}
