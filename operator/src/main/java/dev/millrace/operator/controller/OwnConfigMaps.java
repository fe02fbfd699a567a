package dev.millrace.operator.controller;

import dev.millrace.operator.observe.ChildRef;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * Reads the ConfigMaps in which the operator remembers something about a resource. One that is not
 * the resource's own counts as absent.
 *
 * @param <P> the resource
 */
final class OwnConfigMaps<P extends HasMetadata> {
  private final OperatorRuntime runtime;
  private final ChildSources<P> sources;

  OwnConfigMaps(OperatorRuntime runtime, ChildSources<P> sources) {
    this.runtime = runtime;
    this.sources = sources;
  }

  Optional<ConfigMap> read(P owner, String name) {
    String namespace = owner.getMetadata().getNamespace();
    return sources
        .get(new ChildRef(ChildKind.CONFIG_MAP.kind(), namespace, name))
        .map(ConfigMap.class::cast)
        // Someone may have taken our label off it; then the cache does not hold it.
        .or(
            () ->
                Optional.ofNullable(
                    runtime.client().configMaps().inNamespace(namespace).withName(name).get()))
        .filter(map -> Ownership.belongs(map, owner));
  }
}
