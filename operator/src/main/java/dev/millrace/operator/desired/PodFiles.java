package dev.millrace.operator.desired;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/** Collects the files of a pod: definition, credentials (mode 0440) and writable folders. */
final class PodFiles {
  private static final int CREDENTIAL_MODE = 0440;

  private final List<Volume> volumes = new ArrayList<>();
  private final List<VolumeMount> mounts = new ArrayList<>();

  PodFiles definition(String configMap) {
    volumes.add(
        new VolumeBuilder()
            .withName("definition")
            .withNewConfigMap()
            .withName(configMap)
            .endConfigMap()
            .build());
    return mount("definition", MountPaths.DEFINITION, true);
  }

  /** Files of a Secret; nothing when it has no name. */
  PodFiles secret(String name, String secret, String path) {
    if (secret.isEmpty()) {
      return this;
    }
    volumes.add(
        new VolumeBuilder()
            .withName(name)
            .withNewSecret()
            .withSecretName(secret)
            .withDefaultMode(CREDENTIAL_MODE)
            .endSecret()
            .build());
    return mount(name, path, true);
  }

  /** A folder that the pod may write and that goes with it. */
  PodFiles scratch(String name, String path) {
    volumes.add(new VolumeBuilder().withName(name).withNewEmptyDir().endEmptyDir().build());
    return mount(name, path, false);
  }

  /** A mount of a volume that something else provides. */
  PodFiles mount(String name, String path, boolean readOnly) {
    mounts.add(
        new VolumeMountBuilder()
            .withName(name)
            .withMountPath(path)
            .withReadOnly(readOnly ? true : null)
            .build());
    return this;
  }

  List<Volume> volumes() {
    return volumes;
  }

  List<VolumeMount> mounts() {
    return mounts;
  }
}
