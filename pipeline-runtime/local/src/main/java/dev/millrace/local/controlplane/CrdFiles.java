package dev.millrace.local.controlplane;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The resource types of Millrace, and installing any. */
public final class CrdFiles {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private CrdFiles() {}

  /** FeaturePipeline and LabelWindow as they are released. */
  public static List<CustomResourceDefinition> ours() {
    return List.of(
        read("/millrace/crds/featurepipelines.millrace.dev.yaml"),
        read("/millrace/crds/labelwindows.millrace.dev.yaml"));
  }

  /** Applies resource types and returns when the API server serves all of them. */
  public static void install(KubernetesClient client, List<CustomResourceDefinition> types) {
    for (CustomResourceDefinition type : types) {
      client.resource(type).forceConflicts().serverSideApply();
    }
    for (CustomResourceDefinition type : types) {
      client
          .resource(type)
          .waitUntilCondition(CrdFiles::isEstablished, LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  static CustomResourceDefinition read(String resource) {
    try (var stream = CrdFiles.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("no " + resource + " on the class path");
      }
      return Serialization.unmarshal(stream, CustomResourceDefinition.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(resource, unreadable);
    }
  }

  private static boolean isEstablished(CustomResourceDefinition type) {
    return type != null
        && type.getStatus() != null
        && type.getStatus().getConditions() != null
        && type.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    "Established".equals(condition.getType())
                        && "True".equals(condition.getStatus()));
  }
}
