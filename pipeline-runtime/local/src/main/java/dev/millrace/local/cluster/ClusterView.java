package dev.millrace.local.cluster;

import dev.millrace.contract.PipelineDocument;
import dev.millrace.local.resource.ResourceFolder;
import dev.millrace.local.stack.Addresses;
import dev.millrace.local.stack.PlannedPipeline;
import dev.millrace.local.stack.Planning;
import dev.millrace.local.stack.StackDocuments;
import dev.millrace.local.stack.StackState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the other commands see of a control plane: resources and documents as files, written again
 * whenever somebody has applied something or another version serves.
 */
final class ClusterView {
  private final Path data;
  private final Addresses addresses;
  private final ServerResources resources;
  private final ServedDocuments served;
  private String seen = "";
  private Planning planning;
  private List<PipelineDocument> documents = List.of();
  private StackState state;

  ClusterView(Path data, Addresses addresses, KubernetesClient client) {
    this.data = data;
    this.addresses = addresses;
    resources = new ServerResources(client);
    served = new ServedDocuments(client);
  }

  /** Looks, and publishes what has changed. */
  void refresh() throws IOException {
    List<GenericKubernetesResource> now = resources.list();
    String fingerprint = String.join(" ", now.stream().map(ServerResources::fingerprint).toList());
    if (fingerprint.equals(seen) || (now.isEmpty() && state == null)) {
      return;
    }
    var files = new StackDocuments(data);
    Path copies = files.replaceCopies(ServerResources.files(now));
    planning =
        now.isEmpty()
            ? planning
            : Planning.of(ResourceFolder.read(copies, ServerResources.identities(now)), addresses);
    documents = documents(now);
    state =
        new StackState(
            ProcessHandle.current().pid(),
            data.toString(),
            addresses.bootstrapServers(),
            addresses.redisPort(),
            files.write(documents),
            files.writeExtracts(planning.labelWindows()));
    state.publish();
    seen = fingerprint;
  }

  // Until a version serves, the document is what the planner makes of the resource.
  private List<PipelineDocument> documents(List<GenericKubernetesResource> now) {
    var found = new ArrayList<PipelineDocument>();
    for (GenericKubernetesResource resource : now) {
      if (resource.getKind().equals("FeaturePipeline")) {
        String uid = resource.getMetadata().getUid();
        served
            .of(resource)
            .or(
                () ->
                    planning.pipelines().stream()
                        .filter(planned -> planned.plan().uid().equals(uid))
                        .map(PlannedPipeline::document)
                        .findFirst())
            .ifPresent(found::add);
      }
    }
    return found;
  }

  Planning planning() {
    return planning;
  }

  List<PipelineDocument> documents() {
    return documents;
  }

  StackState state() {
    return state;
  }
}
