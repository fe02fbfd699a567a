package dev.millrace.local.actor.cluster;

import dev.millrace.local.actor.ClusterObjects;
import dev.millrace.local.actor.MountedObjects;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** ConfigMaps and Secrets as the API server has them now. */
final class ServerObjects implements MountedObjects {
  private final KubernetesClient client;

  ServerObjects(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<Map<String, byte[]>> configMap(String namespace, String name) {
    return Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get())
        .map(ClusterObjects::files);
  }

  @Override
  public Optional<Map<String, byte[]>> secret(String namespace, String name) {
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get())
        .map(ServerObjects::files);
  }

  private static Map<String, byte[]> files(Secret secret) {
    var files = new TreeMap<String, byte[]>();
    if (secret.getData() != null) {
      secret.getData().forEach((key, text) -> files.put(key, Base64.getDecoder().decode(text)));
    }
    return files;
  }
}
