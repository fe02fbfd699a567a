package dev.millrace.local.actor;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The file system of one container as local folders: each mounted ConfigMap is written below the
 * pod's folder, and paths in arguments that lead into a mount are rewritten to lead there.
 */
public final class PodFiles {
  private final Path root;
  private final Map<String, Path> mounts = new HashMap<>();

  private PodFiles(Path root) {
    this.root = root;
  }

  /**
   * Writes the mounted ConfigMaps of a container.
   *
   * @param root folder of this pod
   * @throws IllegalStateException for a ConfigMap that does not exist: a kubelet would wait for it
   */
  public static PodFiles mount(
      Path root, String namespace, PodSpec pod, Container container, ClusterObjects objects)
      throws IOException {
    var files = new PodFiles(root);
    for (VolumeMount mount : container.getVolumeMounts()) {
      Path folder = root.resolve(mount.getMountPath().replaceFirst("^/+", ""));
      Files.createDirectories(folder);
      files.mounts.put(mount.getMountPath().replaceFirst("/+$", ""), folder);
      Volume volume = volume(pod, mount.getName());
      if (volume != null && volume.getConfigMap() != null) {
        write(folder, namespace, volume.getConfigMap().getName(), objects);
      }
    }
    return files;
  }

  /** The pod's folder. */
  public Path root() {
    return root;
  }

  /** An argument as this machine needs it: a path into a mount leads to the local copy. */
  public String localPath(String argument) {
    for (Map.Entry<String, Path> mount : mounts.entrySet()) {
      if (argument.equals(mount.getKey()) || argument.startsWith(mount.getKey() + "/")) {
        return mount.getValue() + argument.substring(mount.getKey().length());
      }
    }
    return argument;
  }

  private static void write(Path folder, String namespace, String name, ClusterObjects objects)
      throws IOException {
    ConfigMap configMap =
        objects
            .configMap(namespace, name)
            .orElseThrow(() -> new IllegalStateException("no ConfigMap " + namespace + "/" + name));
    for (Map.Entry<String, String> file : configMap.getData().entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static Volume volume(PodSpec pod, String name) {
    return pod.getVolumes().stream()
        .filter(volume -> volume.getName().equals(name))
        .findFirst()
        .orElse(null);
  }
}
