package dev.millrace.local.actor;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What an API server would hold for the actors: here, the ConfigMaps that pods mount. */
public final class ClusterObjects implements MountedObjects {
  private final Map<String, Map<String, byte[]>> configMaps = new ConcurrentHashMap<>();

  public void apply(ConfigMap configMap) {
    var metadata = configMap.getMetadata();
    configMaps.put(metadata.getNamespace() + "/" + metadata.getName(), files(configMap));
  }

  /** Files of a ConfigMap, its binary ones included. */
  public static Map<String, byte[]> files(ConfigMap configMap) {
    var files = new TreeMap<String, byte[]>();
    if (configMap.getData() != null) {
      configMap
          .getData()
          .forEach((key, text) -> files.put(key, text.getBytes(StandardCharsets.UTF_8)));
    }
    if (configMap.getBinaryData() != null) {
      configMap
          .getBinaryData()
          .forEach((key, text) -> files.put(key, java.util.Base64.getDecoder().decode(text)));
    }
    return files;
  }

  @Override
  public Optional<Map<String, byte[]>> configMap(String namespace, String name) {
    return Optional.ofNullable(configMaps.get(namespace + "/" + name));
  }

  /** The services of a local stack ask for no credentials: every Secret is there, and empty. */
  @Override
  public Optional<Map<String, byte[]>> secret(String namespace, String name) {
    return Optional.of(Map.of());
  }
}
