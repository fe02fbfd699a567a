package dev.millrace.operator.desired;

import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.PipelinePlan;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/** The resource that children belong to. */
record Owner(String kind, String namespace, String name, String uid) {
  static final String PIPELINE = "FeaturePipeline";
  static final String LABEL_WINDOW = "LabelWindow";

  static Owner of(PipelinePlan plan) {
    return new Owner(PIPELINE, plan.namespace(), plan.name(), plan.uid());
  }

  static Owner of(LabelWindowPlan plan) {
    return new Owner(LABEL_WINDOW, plan.namespace(), plan.name(), plan.uid());
  }

  /** Metadata of a child that goes with its owner. */
  ObjectMeta owned(String childName) {
    return new ObjectMetaBuilder(kept(namespace, childName))
        .withOwnerReferences(reference())
        .build();
  }

  /** Metadata of a child that holds data and outlives its owner. */
  ObjectMeta kept(String childNamespace, String childName) {
    return new ObjectMetaBuilder()
        .withNamespace(childNamespace)
        .withName(childName)
        .withLabels(Labels.of(this))
        .build();
  }

  private OwnerReference reference() {
    return new OwnerReferenceBuilder()
        .withApiVersion("millrace.dev/v1alpha1")
        .withKind(kind)
        .withName(name)
        .withUid(uid)
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }
}
