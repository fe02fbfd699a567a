package dev.millrace.local.actor;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The file system of one container as local folders: each mounted ConfigMap, Secret or empty folder
 * is below the pod's folder, a claim's folder outlives the pod. Paths that lead into a mount are
 * rewritten to lead there, in arguments, variables and mounted documents: there is no mount
 * namespace that would do it.
 */
public final class PodFiles {
  private final Path root;
  // The longest path first: a mount may lie inside another.
  private final Map<String, Path> mounts = new TreeMap<>(Comparator.reverseOrder());

  private PodFiles(Path root) {
    this.root = root;
  }

  /**
   * Writes the mounted objects of a container.
   *
   * @param root folder of this pod
   * @throws MissingVolume for an object that does not exist: a kubelet would wait for it
   */
  public static PodFiles mount(
      Path root, String namespace, PodSpec pod, Container container, PodVolumes volumes)
      throws IOException {
    var files = new PodFiles(root);
    for (VolumeMount mount : container.getVolumeMounts()) {
      Volume volume = volume(pod, mount.getName());
      Path folder = root.resolve(mount.getMountPath().replaceFirst("^/+", ""));
      if (volume != null && volume.getPersistentVolumeClaim() != null) {
        folder = volumes.claims().apply(volume.getPersistentVolumeClaim().getClaimName());
      }
      Files.createDirectories(folder);
      files.mounts.put(mount.getMountPath().replaceFirst("/+$", ""), folder);
    }
    for (VolumeMount mount : container.getVolumeMounts()) {
      Volume volume = volume(pod, mount.getName());
      if (volume != null) {
        files.write(
            files.mounts.get(mount.getMountPath().replaceFirst("/+$", "")),
            namespace,
            volume,
            volumes);
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

  private void write(Path folder, String namespace, Volume volume, PodVolumes volumes)
      throws IOException {
    if (volume.getConfigMap() != null) {
      var source = volume.getConfigMap();
      var found = volumes.objects().configMap(namespace, source.getName());
      var data =
          required(found, source.getOptional(), "ConfigMap " + namespace + "/" + source.getName());
      for (Map.Entry<String, byte[]> file : selected(data, source.getItems()).entrySet()) {
        String text = new String(file.getValue(), StandardCharsets.UTF_8);
        put(
            folder.resolve(file.getKey()),
            document(volumes.documents().apply(text)).getBytes(StandardCharsets.UTF_8));
      }
    }
    if (volume.getSecret() != null) {
      var source = volume.getSecret();
      var found = volumes.objects().secret(namespace, source.getSecretName());
      var data =
          required(
              found, source.getOptional(), "Secret " + namespace + "/" + source.getSecretName());
      for (Map.Entry<String, byte[]> file : selected(data, source.getItems()).entrySet()) {
        put(folder.resolve(file.getKey()), file.getValue());
      }
    }
  }

  /** Only quoted paths: {@code file:///tmp/x} in a document is no path into a mount at /tmp. */
  private String document(String text) {
    String local = text;
    for (Map.Entry<String, Path> mount : mounts.entrySet()) {
      local = local.replace("\"" + mount.getKey() + "/", "\"" + mount.getValue() + "/");
    }
    return local;
  }

  private static void put(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static Map<String, byte[]> required(
      Optional<Map<String, byte[]>> found, Boolean optional, String name) {
    if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw new MissingVolume("no " + name);
    }
    return found.orElse(Map.of());
  }

  private static Map<String, byte[]> selected(Map<String, byte[]> data, List<KeyToPath> items) {
    if (items == null || items.isEmpty()) {
      return data;
    }
    var selected = new TreeMap<String, byte[]>();
    for (KeyToPath item : items) {
      if (!data.containsKey(item.getKey())) {
        throw new MissingVolume("references non-existent key " + item.getKey());
      }
      selected.put(item.getPath(), data.get(item.getKey()));
    }
    return selected;
  }

  private static Volume volume(PodSpec pod, String name) {
    return pod.getVolumes().stream()
        .filter(volume -> volume.getName().equals(name))
        .findFirst()
        .orElse(null);
  }
}
