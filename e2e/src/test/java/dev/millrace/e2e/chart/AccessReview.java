package dev.millrace.e2e.chart;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** What {@code kubectl auth can-i} asks. */
final class AccessReview {
  private AccessReview() {}

  /**
   * Whether a user may do something.
   *
   * @param action {@code <verb> <resource>[.<group>][/<subresource>][:<name>]}
   * @param namespace where; empty for everywhere
   */
  static boolean may(KubernetesClient client, String user, String action, String namespace) {
    return client
        .authorization()
        .v1()
        .subjectAccessReview()
        .create(
            new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user)
                .withResourceAttributes(attributes(action, namespace))
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }

  private static ResourceAttributes attributes(String action, String namespace) {
    String[] words = action.split(" ");
    String[] named = words[1].split(":");
    String[] parts = named[0].split("/");
    int dot = parts[0].indexOf('.');
    return new ResourceAttributesBuilder()
        .withVerb(words[0])
        .withResource(dot < 0 ? parts[0] : parts[0].substring(0, dot))
        .withGroup(dot < 0 ? "" : parts[0].substring(dot + 1))
        .withSubresource(parts.length > 1 ? parts[1] : "")
        .withName(named.length > 1 ? named[1] : "")
        .withNamespace(namespace)
        .build();
  }
}
