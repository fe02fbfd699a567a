package dev.millrace.operator.desired;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes the revisions of mounted Secrets onto the pods of a job. A rotated Secret thus changes the
 * deployment, whose operator restarts the job with a savepoint (reliability.md §3.3). A revision
 * tells nothing about a value.
 */
public final class SecretRevisions {
  private static final String PREFIX = "millrace.dev/secret-";

  private SecretRevisions() {}

  /** Adds an annotation per Secret to the pod template. */
  @SuppressWarnings("unchecked")
  public static GenericKubernetesResource annotate(
      GenericKubernetesResource deployment, SortedMap<String, String> revisions) {
    if (!revisions.isEmpty()) {
      var spec = (Map<String, Object>) deployment.getAdditionalProperties().get("spec");
      var template = (Map<String, Object>) spec.get("podTemplate");
      var metadata =
          (Map<String, Object>) template.computeIfAbsent("metadata", key -> new LinkedHashMap<>());
      var annotations =
          (Map<String, Object>)
              metadata.computeIfAbsent("annotations", key -> new LinkedHashMap<>());
      revisions.forEach((name, revision) -> annotations.put(PREFIX + name, revision));
    }
    return deployment;
  }
}
