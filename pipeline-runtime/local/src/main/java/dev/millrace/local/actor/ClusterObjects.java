package dev.millrace.local.actor;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What an API server would hold for the actors: here, the ConfigMaps that pods mount. */
public final class ClusterObjects {
  private final Map<String, ConfigMap> configMaps = new ConcurrentHashMap<>();

  public void apply(ConfigMap configMap) {
    var metadata = configMap.getMetadata();
    configMaps.put(metadata.getNamespace() + "/" + metadata.getName(), configMap);
  }

  Optional<ConfigMap> configMap(String namespace, String name) {
    return Optional.ofNullable(configMaps.get(namespace + "/" + name));
  }
}
