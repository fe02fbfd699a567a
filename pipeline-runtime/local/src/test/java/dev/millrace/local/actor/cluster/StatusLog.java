package dev.millrace.local.actor.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;

/** Every status of one FlinkDeployment in the order in which it was written. */
final class StatusLog implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final List<String> lines = new ArrayList<>();
  private String last = "";
  private final SharedIndexInformer<GenericKubernetesResource> informer;

  StatusLog(CustomKind kind, ObjectKey key) {
    informer =
        kind.objects()
            .inNamespace(key.namespace())
            .withName(key.name())
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(GenericKubernetesResource object) {
                    note(object);
                  }

                  @Override
                  public void onUpdate(
                      GenericKubernetesResource before, GenericKubernetesResource after) {
                    note(after);
                  }

                  @Override
                  public void onDelete(GenericKubernetesResource object, boolean unknown) {
                    add("deleted");
                  }
                });
  }

  /** Lifecycle, reconciliation, JobManager, job and generation of each status, no repeats. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** What was written since, then forgets it. */
  synchronized List<String> take() {
    List<String> taken = lines();
    lines.clear();
    return taken;
  }

  private void note(GenericKubernetesResource object) {
    JsonNode status = MAPPER.valueToTree(object.getAdditionalProperties().get("status"));
    if (status == null || status.isEmpty()) {
      return;
    }
    add(
        String.join(
            " ",
            status.path("lifecycleState").asText("-"),
            status.path("reconciliationStatus").path("state").asText("-"),
            status.path("jobManagerDeploymentStatus").asText("-"),
            status.path("jobStatus").path("state").asText("-"),
            status.path("observedGeneration").asText("-")));
  }

  private synchronized void add(String line) {
    if (!last.equals(line)) {
      lines.add(line);
      last = line;
    }
  }

  @Override
  public void close() {
    informer.stop();
  }
}
