package dev.millrace.e2e.neighbour;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything that operators have made, in all namespaces, as watches tell: campaigns look several
 * times a second, which should not cost the API server anything. A kind that is not installed yet
 * has no objects, and is watched once it is.
 */
public final class Children implements AutoCloseable {
  private final Map<ResourceDefinitionContext, SharedIndexInformer<GenericKubernetesResource>>
      informers = new ConcurrentHashMap<>();
  private final KubernetesClient client;

  Children(KubernetesClient client) {
    this.client = client;
    Kinds.WATCHED.forEach(this::of);
  }

  /** All of a kind. */
  List<GenericKubernetesResource> of(ResourceDefinitionContext kind) {
    var informer = informers.computeIfAbsent(kind, this::informer);
    return informer == null ? List.of() : List.copyOf(informer.getStore().list());
  }

  /** Null while the API server does not know the kind. */
  private SharedIndexInformer<GenericKubernetesResource> informer(ResourceDefinitionContext kind) {
    return isServed(kind)
        ? client
            .genericKubernetesResources(kind)
            .inAnyNamespace()
            .withLabel("app.kubernetes.io/managed-by", "millrace")
            .inform()
        : null;
  }

  private boolean isServed(ResourceDefinitionContext kind) {
    if (kind.getGroup().isEmpty()) {
      return true;
    }
    var resources = client.getApiResources(kind.getGroup() + "/" + kind.getVersion());
    return resources != null
        && resources.getResources().stream()
            .anyMatch(resource -> resource.getName().equals(kind.getPlural()));
  }

  /** Those of a kind that belong to a pipeline of a namespace; topics live elsewhere. */
  public List<GenericKubernetesResource> of(ResourceDefinitionContext kind, String tenant) {
    return of(kind).stream().filter(child -> tenant(child).equals(tenant)).toList();
  }

  /** Namespace of the pipeline that an object belongs to. */
  static String tenant(GenericKubernetesResource child) {
    return child
        .getMetadata()
        .getLabels()
        .getOrDefault("millrace.dev/namespace", child.getMetadata().getNamespace());
  }

  @Override
  public void close() {
    informers.values().forEach(SharedIndexInformer::close);
  }
}
