package dev.millrace.local.actor.cluster;

import dev.millrace.local.actor.MissingVolume;
import dev.millrace.local.actor.PodVolumes;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;

/** Folders of a namespace's volumes; a claim that is made anew begins with an empty one. */
final class Volumes {
  private final KubernetesClient client;
  private final Path data;
  private final ServicePorts ports;

  Volumes(KubernetesClient client, Path data, ServicePorts ports) {
    this.client = client;
    this.data = data;
    this.ports = ports;
  }

  PodVolumes of(String namespace) {
    return new PodVolumes(
        new ServerObjects(client), ports::rewrite, claim -> claimFolder(namespace, claim));
  }

  private Path claimFolder(String namespace, String name) {
    PersistentVolumeClaim claim =
        client.persistentVolumeClaims().inNamespace(namespace).withName(name).get();
    if (claim == null) {
      throw new MissingVolume("no PersistentVolumeClaim " + namespace + "/" + name);
    }
    return data.resolve(namespace)
        .resolve("volumes")
        .resolve(name + "-" + claim.getMetadata().getUid());
  }
}
