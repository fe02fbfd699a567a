package dev.millrace.local.actor;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of a container: values, fields of its pod, keys of ConfigMaps and Secrets. */
public final class PodEnvironment {
  private static final Pattern KEYED = Pattern.compile("metadata\\.(labels|annotations)\\['(.*)']");

  private PodEnvironment() {}

  /**
   * The variables.
   *
   * @param pod metadata of the pod
   * @param files its mounts: a value that is a path into one leads to the local copy
   * @throws MissingVolume for an object that does not exist
   */
  public static Map<String, String> of(
      ObjectMeta pod, Container container, PodFiles files, MountedObjects objects) {
    var environment = new TreeMap<String, String>();
    for (EnvVar variable : container.getEnv()) {
      String value =
          variable.getValueFrom() == null
              ? Optional.ofNullable(variable.getValue()).orElse("")
              : value(pod, variable.getValueFrom(), objects);
      environment.put(variable.getName(), files.localPath(value));
    }
    return environment;
  }

  private static String value(ObjectMeta pod, EnvVarSource source, MountedObjects objects) {
    if (source.getFieldRef() != null) {
      return field(pod, source.getFieldRef().getFieldPath());
    }
    if (source.getSecretKeyRef() != null) {
      var key = source.getSecretKeyRef();
      return text(objects.secret(pod.getNamespace(), key.getName()), key.getKey(), key.getName());
    }
    if (source.getConfigMapKeyRef() != null) {
      var key = source.getConfigMapKeyRef();
      return text(
          objects.configMap(pod.getNamespace(), key.getName()), key.getKey(), key.getName());
    }
    throw new IllegalArgumentException("variables from " + source + " are not played");
  }

  private static String field(ObjectMeta pod, String path) {
    Matcher keyed = KEYED.matcher(path);
    if (keyed.matches()) {
      Map<String, String> map =
          keyed.group(1).equals("labels") ? pod.getLabels() : pod.getAnnotations();
      return map == null ? "" : map.getOrDefault(keyed.group(2), "");
    }
    return switch (path) {
      case "metadata.name" -> pod.getName();
      case "metadata.namespace" -> pod.getNamespace();
      case "metadata.uid" -> pod.getUid();
      default -> throw new IllegalArgumentException("field " + path + " is not played");
    };
  }

  private static String text(Optional<Map<String, byte[]>> data, String key, String name) {
    byte[] value = data.map(files -> files.get(key)).orElse(null);
    if (value == null) {
      throw new MissingVolume("no key " + key + " in " + name);
    }
    return new String(value, StandardCharsets.UTF_8);
  }
}
