package dev.millrace.local.actor.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Optional;

/**
 * A custom resource read untyped, so that no value of an enum is unreadable, in the newest of some
 * versions that its CRD serves.
 */
final class CustomKind {
  private final KubernetesClient client;
  private final String group;
  private final String plural;
  private final String kind;
  private final List<String> versions;
  private volatile String found = "";

  CustomKind(
      KubernetesClient client, String group, String plural, String kind, List<String> versions) {
    this.client = client;
    this.group = group;
    this.plural = plural;
    this.kind = kind;
    this.versions = versions;
  }

  static CustomKind kafkaTopics(KubernetesClient client) {
    return new CustomKind(
        client, "kafka.strimzi.io", "kafkatopics", "KafkaTopic", List.of("v1", "v1beta2"));
  }

  static CustomKind flinkDeployments(KubernetesClient client) {
    return new CustomKind(
        client, "flink.apache.org", "flinkdeployments", "FlinkDeployment", List.of("v1beta1"));
  }

  static CustomKind flinkStateSnapshots(KubernetesClient client) {
    return new CustomKind(
        client,
        "flink.apache.org",
        "flinkstatesnapshots",
        "FlinkStateSnapshot",
        List.of("v1beta1"));
  }

  /** Whether the CRD is there and answers. */
  boolean exists() {
    return servedVersion().isPresent();
  }

  /** An informer of every object, not started. */
  SharedIndexInformer<GenericKubernetesResource> informer() {
    found = ""; // it may have been installed anew, in another version
    return objects().inAnyNamespace().runnableInformer(0);
  }

  Resource<GenericKubernetesResource> object(ObjectKey key) {
    return objects().inNamespace(key.namespace()).withName(key.name());
  }

  /** The objects in the version that is served. */
  MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      objects() {
    if (found.isEmpty()) {
      found =
          servedVersion()
              .orElseThrow(
                  () -> new KubernetesClientException("no CRD of " + plural + "." + group));
    }
    return client.genericKubernetesResources(
        new ResourceDefinitionContext.Builder()
            .withGroup(group)
            .withVersion(found)
            .withKind(kind)
            .withPlural(plural)
            .withNamespaced(true)
            .build());
  }

  private Optional<String> servedVersion() {
    CustomResourceDefinition crd =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName(plural + "." + group)
            .get();
    if (crd == null) {
      return Optional.empty();
    }
    List<String> served =
        crd.getSpec().getVersions().stream()
            .filter(CustomResourceDefinitionVersion::getServed)
            .map(CustomResourceDefinitionVersion::getName)
            .toList();
    return versions.stream().filter(served::contains).findFirst();
  }
}
