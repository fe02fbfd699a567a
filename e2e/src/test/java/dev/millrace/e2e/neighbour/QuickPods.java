package dev.millrace.e2e.neighbour;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;

/** A kubelet whose containers start at once: those of Jobs succeed, all others are ready. */
final class QuickPods extends Neighbour {
  QuickPods(KubernetesClient client, Children children) {
    super(client, children, Kinds.POD);
  }

  @Override
  void look(GenericKubernetesResource pod) {
    if (isDeleted(pod)) {
      return;
    }
    boolean ofJob =
        pod.getMetadata().getOwnerReferences().stream()
            .anyMatch(owner -> owner.getKind().equals("Job"));
    if (ofJob) {
      status(pod, Map.of("phase", "Succeeded"));
    } else {
      status(
          pod,
          Map.of(
              "phase",
              "Running",
              "conditions",
              List.of(
                  Map.of(
                      "type",
                      "Ready",
                      "status",
                      "True",
                      "lastTransitionTime",
                      pod.getMetadata().getCreationTimestamp()))));
    }
  }
}
