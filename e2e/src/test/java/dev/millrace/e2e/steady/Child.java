package dev.millrace.e2e.steady;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.e2e.neighbour.Json;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;

/** A child as somebody else with every right sees it. */
record Child(
    KubernetesClient client, ResourceDefinitionContext kind, String namespace, String name) {
  private static final List<String> SAID_BY_PEOPLE =
      List.of("labels", "annotations", "ownerReferences");

  /** What people say in it, without what the server and other operators add; missing if gone. */
  JsonNode content() {
    return contentOf(resource().get());
  }

  /** UID of the object that has the name now; empty if none. */
  String uid() {
    GenericKubernetesResource found = resource().get();
    return found == null ? "" : found.getMetadata().getUid();
  }

  /**
   * {@code kubectl patch --type=merge}.
   *
   * @return what it says then
   */
  JsonNode patch(String json) {
    return contentOf(resource().patch(PatchContext.of(PatchType.JSON_MERGE), json));
  }

  /** {@code kubectl delete --wait=false}. */
  void delete() {
    resource().withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
  }

  private static JsonNode contentOf(GenericKubernetesResource found) {
    if (found == null) {
      return MissingNode.getInstance();
    }
    ObjectNode content = Json.tree(found).deepCopy();
    content.remove("status");
    ((ObjectNode) content.get("metadata")).retain(SAID_BY_PEOPLE);
    return content;
  }

  private Resource<GenericKubernetesResource> resource() {
    return client.genericKubernetesResources(kind).inNamespace(namespace).withName(name);
  }

  @Override
  public String toString() {
    return kind.getKind() + " " + namespace + "/" + name;
  }
}
