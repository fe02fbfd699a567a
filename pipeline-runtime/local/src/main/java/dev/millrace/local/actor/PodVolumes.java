package dev.millrace.local.actor;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How the volumes of a pod become folders.
 *
 * @param objects ConfigMaps and Secrets
 * @param documents edit of each text of a ConfigMap, such as the names of Services in it
 * @param claims folder of a PersistentVolumeClaim by its name; outlives the pod
 */
public record PodVolumes(
    MountedObjects objects, UnaryOperator<String> documents, Function<String, Path> claims) {

  /** Volumes from the objects as they are; a claim has nowhere to be kept. */
  public static PodVolumes of(MountedObjects objects) {
    return new PodVolumes(
        objects,
        UnaryOperator.identity(),
        claim -> {
          throw new MissingVolume("no volume for claim " + claim);
        });
  }
}
