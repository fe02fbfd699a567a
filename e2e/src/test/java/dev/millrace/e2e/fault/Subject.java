package dev.millrace.e2e.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The pipeline under test, as a user with kubectl has it: straight at the API server. */
public final class Subject {
  public static final String NAME = "card-fraud";

  private final KubernetesClient client;
  private final String namespace;

  public Subject(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  public String namespace() {
    return namespace;
  }

  /** {@code kubectl create -f}. */
  public void create(String yaml) {
    client
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .inNamespace(namespace)
        .create();
  }

  /** {@code kubectl patch --type=merge}. */
  public void patch(String json) {
    resource().patch(PatchContext.of(PatchType.JSON_MERGE), json);
  }

  /** {@code kubectl patch --type=json}. */
  public void patchList(String json) {
    resource().patch(PatchContext.of(PatchType.JSON), json);
  }

  /** {@code kubectl delete namespace --wait=false}. */
  public void deleteNamespace() {
    client.namespaces().withName(namespace).delete();
  }

  /** Reasons of the Events about it. */
  public List<String> events() {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .map(Event::getReason)
        .toList();
  }

  /** {@code kubectl delete --wait=false}. */
  public void delete() {
    resource().withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
  }

  /** The resource now; missing once it is gone. */
  public JsonNode read() {
    var found = resource().get();
    return found == null ? MissingNode.getInstance() : Neighbour.tree(found);
  }

  /** Reason of Ready, whatever its status; empty without one. */
  public String reason() {
    for (var condition : read().at("/status/conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("reason").asText();
      }
    }
    return "";
  }

  /** Whether Ready is True for the current generation, for a reason. */
  public boolean isReady(String reason) {
    var object = read();
    for (var condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True")
            && condition.path("reason").asText().equals(reason)
            && condition.path("observedGeneration").equals(object.at("/metadata/generation"));
      }
    }
    return false;
  }

  /** Its conditions and children, for messages. */
  public String summary() {
    var status = read().path("status");
    var text = new StringBuilder();
    for (var condition : status.path("conditions")) {
      text.append(
          "%n  %s=%s %s: %s"
              .formatted(
                  condition.path("type").asText(),
                  condition.path("status").asText(),
                  condition.path("reason").asText(),
                  condition.path("message").asText()));
    }
    return text.append("%n  children %s".formatted(status.path("children"))).toString();
  }

  /** Whether it is gone. */
  public boolean isGone() {
    return read().isMissingNode();
  }

  /** What there is of a kind: in its own namespace, topics wherever they carry its name. */
  public List<GenericKubernetesResource> children(ResourceDefinitionContext kind) {
    var objects = client.genericKubernetesResources(kind);
    var found =
        kind == Kinds.TOPIC
            ? objects.inAnyNamespace().withLabel("millrace.dev/namespace", namespace).list()
            : objects
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/managed-by", "millrace")
                .list();
    return found.getItems();
  }

  /** Takes away what was kept on purpose, so that the next run begins with nothing. */
  public void clear() {
    for (var kind : Kinds.CHILDREN) {
      for (var child : children(kind)) {
        client
            .genericKubernetesResources(kind)
            .inNamespace(child.getMetadata().getNamespace())
            .withName(child.getMetadata().getName())
            .delete();
      }
    }
  }

  /** Whether nothing of it is left. */
  public boolean isClear() {
    return isGone() && Kinds.CHILDREN.stream().allMatch(kind -> children(kind).isEmpty());
  }

  private Resource<GenericKubernetesResource> resource() {
    return client.genericKubernetesResources(Kinds.PIPELINE).inNamespace(namespace).withName(NAME);
  }
}
