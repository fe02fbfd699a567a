package dev.millrace.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.local.LocalFailure;
import dev.millrace.local.resource.ResourceFolder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Our resources on the API server. */
final class ServerResources {
  private static final String API = "millrace.dev/v1alpha1";
  private static final List<String> KINDS = List.of("FeaturePipeline", "LabelWindow");

  /** With it {@code kubectl apply} of a changed file also takes away what the file has lost. */
  private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private final KubernetesClient client;

  ServerResources(KubernetesClient client) {
    this.client = client;
  }

  /** Applies a folder as it is written; nothing is added but a namespace where none is named. */
  void apply(Path folder) throws IOException {
    for (Path file : ResourceFolder.files(folder)) {
      try (var documents =
          Serialization.yamlMapper()
              .readerFor(Map.class)
              .<Map<String, Object>>readValues(file.toFile())) {
        while (documents.hasNext()) {
          Map<String, Object> document = documents.next();
          if (document != null) {
            apply(document);
          }
        }
      }
    }
  }

  private void apply(Map<String, Object> document) {
    var written = new HashMap<>(document);
    written.remove("status");
    GenericKubernetesResource resource =
        Serialization.jsonMapper().convertValue(written, GenericKubernetesResource.class);
    ObjectMeta metadata = resource.getMetadata();
    metadata.setNamespace(
        Objects.requireNonNullElse(metadata.getNamespace(), ResourceFolder.NAMESPACE));
    String applied = Serialization.asJson(resource);
    var annotations =
        new TreeMap<>(Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()));
    annotations.put(APPLIED, applied);
    metadata.setAnnotations(annotations);
    try {
      client.resource(resource).fieldManager("millrace-up").forceConflicts().serverSideApply();
    } catch (KubernetesClientException e) {
      String reason = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
      throw new LocalFailure(name(resource) + " is refused: " + reason, e);
    }
  }

  /** All of them, pipelines first. */
  List<GenericKubernetesResource> list() {
    var all = new ArrayList<GenericKubernetesResource>();
    for (String kind : KINDS) {
      all.addAll(client.genericKubernetesResources(API, kind).inAnyNamespace().list().getItems());
    }
    return all;
  }

  /** The UID of each, by {@code <kind>/<namespace>/<name>}. */
  static Map<String, String> identities(List<GenericKubernetesResource> resources) {
    var identities = new TreeMap<String, String>();
    resources.forEach(resource -> identities.put(name(resource), resource.getMetadata().getUid()));
    return identities;
  }

  /** Files that hold them, by name; statuses aside. */
  static Map<String, String> files(List<GenericKubernetesResource> resources) {
    var files = new TreeMap<String, String>();
    for (GenericKubernetesResource resource : resources) {
      JsonNode tree = Serialization.jsonMapper().valueToTree(resource);
      ((ObjectNode) tree).remove("status");
      ((ObjectNode) tree.path("metadata")).remove("managedFields");
      files.put(name(resource).replace('/', '-') + ".yaml", Serialization.asYaml(tree));
    }
    return files;
  }

  /** Changes when another spec is applied or another version serves. */
  static String fingerprint(GenericKubernetesResource resource) {
    return resource.getMetadata().getUid()
        + ":"
        + resource.getMetadata().getGeneration()
        + ":"
        + status(resource).at("/definition/servedVersion").asInt()
        + ":"
        + status(resource).at("/definition/hash").asText();
  }

  /** Whether one waits for somebody's help. */
  boolean isAnyStalled() {
    return list().stream()
        .map(resource -> condition(resource, "Stalled"))
        .anyMatch(condition -> condition.path("status").asText().equals("True"));
  }

  /** A line for each that is not Ready, with its reason; empty once all are. */
  List<String> notReady() {
    return list().stream().filter(resource -> !isReady(resource)).map(this::line).toList();
  }

  private String line(GenericKubernetesResource resource) {
    JsonNode ready = condition(resource, "Ready");
    return name(resource)
        + " is not ready: "
        + ready.path("reason").asText("Unobserved")
        + ", "
        + ready.path("message").asText();
  }

  private static boolean isReady(GenericKubernetesResource resource) {
    JsonNode ready = condition(resource, "Ready");
    return ready.path("status").asText().equals("True")
        && ready.path("observedGeneration").asLong() == resource.getMetadata().getGeneration();
  }

  private static JsonNode condition(GenericKubernetesResource resource, String type) {
    for (JsonNode condition : status(resource).path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  private static JsonNode status(GenericKubernetesResource resource) {
    return Serialization.jsonMapper()
        .<JsonNode>valueToTree(resource.getAdditionalProperties())
        .path("status");
  }

  private static String name(GenericKubernetesResource resource) {
    ObjectMeta metadata = resource.getMetadata();
    return resource.getKind() + "/" + metadata.getNamespace() + "/" + metadata.getName();
  }
}
