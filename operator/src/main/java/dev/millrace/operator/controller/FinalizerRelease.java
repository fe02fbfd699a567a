package dev.millrace.operator.controller;

import dev.millrace.v1alpha1.FeaturePipeline;
import dev.millrace.v1alpha1.LabelWindow;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes our finalizer off every resource, so that nothing hangs once the operator is uninstalled.
 * Jobs, topics and data stay as they are (reliability.md §2, L4).
 */
final class FinalizerRelease {
  private static final Logger LOG = LoggerFactory.getLogger(FinalizerRelease.class);
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  private final KubernetesClient client;

  FinalizerRelease(KubernetesClient client) {
    this.client = client;
  }

  /**
   * @param namespaces where to look; empty for everywhere
   */
  void run(List<String> namespaces) {
    release(FeaturePipeline.class, namespaces);
    release(LabelWindow.class, namespaces);
  }

  private <R extends HasMetadata> void release(Class<R> type, List<String> namespaces) {
    var resources = new ArrayList<R>();
    if (namespaces.isEmpty()) {
      resources.addAll(client.resources(type).inAnyNamespace().list().getItems());
    }
    namespaces.forEach(
        namespace ->
            resources.addAll(client.resources(type).inNamespace(namespace).list().getItems()));
    for (R resource : resources) {
      if (resource.getMetadata().getFinalizers().contains(OperatorMain.FINALIZER)) {
        var left = new ArrayList<>(resource.getMetadata().getFinalizers());
        left.remove(OperatorMain.FINALIZER);
        String patch =
            client
                .getKubernetesSerialization()
                .asJson(java.util.Map.of("metadata", java.util.Map.of("finalizers", left)));
        client.resource(resource).patch(MERGE, patch);
        LOG.info(
            "released {} {}/{}",
            resource.getKind(),
            resource.getMetadata().getNamespace(),
            resource.getMetadata().getName());
      }
    }
  }
}
