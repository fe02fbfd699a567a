package dev.millrace.e2e.neighbour;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the quick neighbours share: reading our objects, finalizers, statuses. */
abstract class Neighbour {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final Children children;
  private final ResourceDefinitionContext kind;
  private final Map<String, String> seen = new ConcurrentHashMap<>();
  private final Set<String> away = ConcurrentHashMap.newKeySet();

  Neighbour(KubernetesClient client, Children children, ResourceDefinitionContext kind) {
    this.client = client;
    this.children = children;
    this.kind = kind;
  }

  /** Leaves everything of a tenant alone, as an operator that is not running does. */
  void away(String tenant, boolean is) {
    if (is) {
      away.add(tenant);
    } else {
      away.remove(tenant);
    }
  }

  /** Looks at every object that has changed since it was looked at. */
  void pass() {
    for (var object : ours()) {
      var metadata = object.getMetadata();
      if (metadata.getResourceVersion().equals(seen.get(metadata.getUid()))) {
        continue;
      }
      if (away.contains(Children.tenant(object))) {
        continue;
      }
      try {
        look(object);
        seen.put(metadata.getUid(), metadata.getResourceVersion());
      } catch (KubernetesClientException e) {
        // Gone or changed meanwhile: the next pass sees it as it is then.
        System.getLogger(getClass().getName())
            .log(System.Logger.Level.DEBUG, object.getMetadata().getName(), e);
      }
    }
  }

  /** Looks at every object in the next pass, changed or not. */
  void lookAgain() {
    seen.clear();
  }

  /** Deals with one object; comes again once something has changed it. */
  abstract void look(GenericKubernetesResource object);

  List<GenericKubernetesResource> ours() {
    return children.of(kind);
  }

  static boolean isDeleted(GenericKubernetesResource object) {
    return object.getMetadata().getDeletionTimestamp() != null;
  }

  /** Adds a finalizer; does nothing if it is there. */
  void hold(GenericKubernetesResource object, String finalizer) {
    if (!object.getMetadata().getFinalizers().contains(finalizer)) {
      var all = new ArrayList<>(object.getMetadata().getFinalizers());
      all.add(finalizer);
      finalizers(object, all);
    }
  }

  /** Takes a finalizer off. */
  void release(GenericKubernetesResource object, String finalizer) {
    var left = new ArrayList<>(object.getMetadata().getFinalizers());
    if (left.remove(finalizer)) {
      finalizers(object, left);
    }
  }

  /** Replaces members of the status, unless they are so already. */
  void status(GenericKubernetesResource object, Map<String, Object> members) {
    var before = Json.tree(object).path("status");
    var wanted = Json.tree(members);
    boolean same = true;
    for (var member : wanted.properties()) {
      same &= before.path(member.getKey()).equals(member.getValue());
    }
    if (!same) {
      resource(object)
          .subresource("status")
          .patch(MERGE, JSON.createObjectNode().set("status", wanted).toString());
    }
  }

  private void finalizers(GenericKubernetesResource object, List<String> all) {
    var metadata = Map.of("finalizers", all, "resourceVersion", version(object));
    resource(object).patch(MERGE, JSON.valueToTree(Map.of("metadata", metadata)).toString());
  }

  private static String version(GenericKubernetesResource object) {
    return object.getMetadata().getResourceVersion();
  }

  private Resource<GenericKubernetesResource> resource(GenericKubernetesResource object) {
    return client
        .genericKubernetesResources(kind)
        .inNamespace(object.getMetadata().getNamespace())
        .withName(object.getMetadata().getName());
  }
}
