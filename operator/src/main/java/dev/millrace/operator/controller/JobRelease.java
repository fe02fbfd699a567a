package dev.millrace.operator.controller;

import dev.millrace.operator.observe.FlinkView;
import dev.millrace.operator.status.ApplyFailure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.Optional;

/**
 * Stops the job of a pipeline that is deleted, with a last savepoint if it can make one. The option
 * is read from the current spec, so it can be taken back when the savepoint does not come
 * (neighbours.md §2.9).
 */
final class JobRelease {
  private static final String OPTION = "kubernetes.operator.job.savepoint-on-deletion";
  private static final PatchContext MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager(ChildApplier.FIELD_MANAGER)
          .build();

  private final OperatorRuntime runtime;
  private final ChildRemover remover;

  JobRelease(OperatorRuntime runtime, ChildRemover remover) {
    this.runtime = runtime;
    this.remover = remover;
  }

  /**
   * Deletes a job, asking for a savepoint first if it runs and is to leave one.
   *
   * @return why it could not be deleted; empty if it was, or is being deleted
   */
  Optional<ApplyFailure> stop(HasMetadata deployment, boolean withSavepoint) {
    if (deployment.getMetadata().getDeletionTimestamp() != null) {
      return Optional.empty();
    }
    var untyped = (GenericKubernetesResource) deployment;
    if (withSavepoint && FlinkView.of(untyped).jobState().equals("RUNNING")) {
      set(untyped, "true");
    }
    return remover.remove(deployment);
  }

  /** Gives up on the savepoint of a job whose deletion hangs. */
  void withoutSavepoint(HasMetadata deployment) {
    set((GenericKubernetesResource) deployment, "false");
  }

  private void set(GenericKubernetesResource deployment, String value) {
    Object now = deployment.get("spec", "flinkConfiguration", OPTION);
    if (value.equals(now) || now == null && value.equals("false")) {
      return;
    }
    Map<String, Object> patch = Map.of("spec", Map.of("flinkConfiguration", Map.of(OPTION, value)));
    runtime
        .client()
        .resource((HasMetadata) deployment)
        .patch(MERGE, runtime.client().getKubernetesSerialization().asJson(patch));
    runtime.metrics().childWritten(deployment.getKind(), "release");
  }
}
