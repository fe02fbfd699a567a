package dev.millrace.operator.controller;

import dev.millrace.contract.Reason;
import dev.millrace.operator.desired.Names;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.operator.plan.OnlinePlan;
import dev.millrace.operator.plan.PipelinePlan;
import dev.millrace.operator.status.ApplyFailure;
import dev.millrace.v1alpha1.FeaturePipeline;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Gives a managed Redis a larger volume. A StatefulSet never changes its volume, so it is made
 * again around the pod that runs. The volume itself is enlarged by somebody who may: whether that
 * works is the storage class's business, and the operator has no right to change volumes.
 */
final class StoreGrowth {
  private final ChildSources<FeaturePipeline> sources;
  private final StoreData data;
  private final ChildRemover remover;

  StoreGrowth(ChildSources<FeaturePipeline> sources, StoreData data, ChildRemover remover) {
    this.sources = sources;
    this.data = data;
    this.remover = remover;
  }

  /** What has to happen before the StatefulSet can be applied; empty if nothing has to. */
  Optional<ApplyFailure> before(FeaturePipeline pipeline, PipelinePlan plan) {
    var ref =
        new ChildRef(ChildKind.STATEFUL_SET.kind(), plan.namespace(), Names.redis(plan.name()));
    Optional<StatefulSet> live =
        sources
            .get(ref)
            .map(StatefulSet.class::cast)
            .filter(set -> Ownership.belongs(set, pipeline))
            .filter(set -> set.getMetadata().getDeletionTimestamp() == null);
    if (live.isEmpty() || !(plan.online() instanceof OnlinePlan.Managed managed)) {
      return Optional.empty();
    }
    BigDecimal wanted = Quantity.getAmountInBytes(new Quantity(managed.storage()));
    BigDecimal has = requested(live.get().getSpec().getVolumeClaimTemplates().get(0));
    if (has.compareTo(wanted) >= 0) {
      return Optional.empty();
    }
    return data.volumes(pipeline).stream()
        .map(PersistentVolumeClaim.class::cast)
        .filter(claim -> requested(claim).compareTo(wanted) < 0)
        .findFirst()
        .map(claim -> tooSmall(claim, managed.storage()))
        .or(() -> remover.removeAlone(live.get()))
        .or(
            () ->
                Optional.of(
                    ApplyFailure.of(
                        ref,
                        Reason.STORE_NOT_READY,
                        ref + " is made again for its larger volume; wait")));
  }

  private static ApplyFailure tooSmall(PersistentVolumeClaim claim, String wanted) {
    ChildRef ref = ChildRef.of(claim);
    String message =
        ref
            + " is smaller than spec.online.managed.storage "
            + wanted
            + "; set its spec.resources.requests.storage to "
            + wanted
            + " if its storage class allows that, else set the field back";
    return new ApplyFailure(ref, Reason.STORE_NOT_READY, message, Reason.Remedy.USER);
  }

  private static BigDecimal requested(PersistentVolumeClaim claim) {
    return Quantity.getAmountInBytes(claim.getSpec().getResources().getRequests().get("storage"));
  }
}
