package dev.millrace.local.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What an administrator leaves behind: the operator's namespace with its service account, that of
 * the topic operator, and tenants' namespaces with theirs. The rights are the chart's own, rendered
 * once and held equal to it by a test; nothing here runs as administrator but the actors.
 */
final class PreparedNamespaces {
  static final String SYSTEM = "millrace-system";
  static final String OPERATOR = "millrace";
  private static final String KAFKA = "kafka";

  /** The tenant's namespace in the rendered rights. */
  private static final String TENANT = "namespace: \"a-tenant\"";

  private final KubernetesClient client;

  PreparedNamespaces(KubernetesClient client) {
    this.client = client;
  }

  /** Makes what is missing. */
  void prepare(Collection<String> tenants) {
    namespace(SYSTEM, Map.of());
    namespace(KAFKA, Map.of());
    tenants.forEach(
        tenant -> namespace(tenant, Map.of("pod-security.kubernetes.io/enforce", "restricted")));
    for (String right : rights()) {
      if (right.contains(TENANT)) {
        tenants.forEach(
            tenant -> apply(right.replace(TENANT, "namespace: \"%s\"".formatted(tenant))));
      } else {
        apply(right);
      }
    }
  }

  private void namespace(String name, Map<String, String> labels) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(labels)
                .endMetadata()
                .build())
        .serverSideApply();
  }

  private void apply(String yaml) {
    HasMetadata right = Serialization.unmarshal(yaml);
    client.resource(right).forceConflicts().serverSideApply();
  }

  private static List<String> rights() {
    try (var stream = PreparedNamespaces.class.getResourceAsStream("/millrace/rights.yaml")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      // What precedes the first document is a comment.
      return List.of(text.split("(?m)^---\\R")).stream().skip(1).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of our own jar can be read", e);
    }
  }
}
