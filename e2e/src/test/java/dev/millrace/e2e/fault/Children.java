package dev.millrace.e2e.fault;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that operators have made, in all namespaces, as watches tell: campaigns look several
 * times a second, which should not cost the API server anything.
 */
final class Children implements AutoCloseable {
  private final Map<ResourceDefinitionContext, SharedIndexInformer<GenericKubernetesResource>>
      informers = new HashMap<>();

  Children(KubernetesClient client) {
    for (var kind : Kinds.WATCHED) {
      informers.put(
          kind,
          client
              .genericKubernetesResources(kind)
              .inAnyNamespace()
              .withLabel("app.kubernetes.io/managed-by", "millrace")
              .inform());
    }
  }

  /** All of a kind. */
  List<GenericKubernetesResource> of(ResourceDefinitionContext kind) {
    return List.copyOf(informers.get(kind).getStore().list());
  }

  /** Those of a kind that belong to a pipeline of a namespace; topics live elsewhere. */
  List<GenericKubernetesResource> of(ResourceDefinitionContext kind, String tenant) {
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
