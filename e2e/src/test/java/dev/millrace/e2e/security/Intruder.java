package dev.millrace.e2e.security;

import static dev.millrace.e2e.neighbour.Kinds.PIPELINE;
import static dev.millrace.e2e.neighbour.Kinds.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.Conditions;
import dev.millrace.e2e.cluster.QuickCluster;
import dev.millrace.e2e.cluster.Samples;
import dev.millrace.e2e.cluster.Tenant;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;

/** A tenant with {@code edit} in a namespace of their own, who is after somebody else's things. */
final class Intruder {
  private final KubernetesClient client;
  private final Tenant tenant;

  Intruder(QuickCluster cluster) {
    client = cluster.client();
    tenant = cluster.tenant();
  }

  Tenant tenant() {
    return tenant;
  }

  String namespace() {
    return tenant.namespace();
  }

  /** Creates a pipeline; what the API server does not know is dropped, as for a lenient client. */
  Intruder pipeline(String text) {
    tenant.create(text);
    return this;
  }

  Intruder window(String text) {
    tenant.create(text);
    return this;
  }

  /** Waits for the pipeline to be refused with exactly that. */
  void refused(String condition, String reason, String message) {
    said(PIPELINE, Samples.PIPELINE, condition, reason, message);
  }

  void windowRefused(String condition, String reason, String message) {
    said(WINDOW, Samples.WINDOW, condition, reason, message);
  }

  private void said(
      io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext kind,
      String name,
      String condition,
      String reason,
      String message) {
    tenant.until(
        kind,
        name,
        condition + "=False/" + reason + ": " + message,
        object -> {
          JsonNode found = Conditions.condition(object, condition);
          return found.path("status").asText().equals("False")
              && found.path("reason").asText().equals(reason)
              && found.path("message").asText().equals(message);
        });
  }

  /** Labels as the operator gives them to the children of somebody's resource. */
  static Map<String, String> labels(JsonNode owner) {
    boolean pipeline = owner.path("kind").asText().equals(PIPELINE.getKind());
    return Map.of(
        "app.kubernetes.io/managed-by",
        "millrace",
        "millrace.dev/owner-uid",
        owner.at("/metadata/uid").asText(),
        "millrace.dev/namespace",
        owner.at("/metadata/namespace").asText(),
        pipeline ? "millrace.dev/pipeline" : "millrace.dev/label-window",
        owner.at("/metadata/name").asText(),
        "millrace.dev/version",
        "1");
  }

  /** Makes an object in the own namespace. */
  <T extends HasMetadata> T put(T object) {
    object.getMetadata().setNamespace(namespace());
    return client.resource(object).create();
  }

  /** A FlinkDeployment that says it is somebody's. */
  HasMetadata flinkDeployment(String name, Map<String, String> labels) {
    var deployment = new GenericKubernetesResource();
    deployment.setApiVersion("flink.apache.org/v1beta1");
    deployment.setKind("FlinkDeployment");
    deployment.setMetadata(metadata(name, labels));
    deployment.setAdditionalProperty("spec", Map.of("flinkVersion", "v2_2"));
    return put(deployment);
  }

  HasMetadata configMap(String name, Map<String, String> labels, Map<String, String> data) {
    return put(new ConfigMapBuilder().withMetadata(metadata(name, labels)).withData(data).build());
  }

  static ObjectMeta metadata(String name, Map<String, String> labels) {
    return new ObjectMetaBuilder().withName(name).withLabels(labels).build();
  }

  /** Writes other data into a ConfigMap of the own namespace. */
  void rewrite(String name, java.util.function.UnaryOperator<String> change) {
    client
        .configMaps()
        .inNamespace(namespace())
        .withName(name)
        .edit(
            map -> {
              map.getData().replaceAll((key, value) -> change.apply(value));
              return map;
            });
  }

  /** Everything that the operator wrote into ConfigMaps of the namespace. */
  List<String> documents() {
    return client.configMaps().inNamespace(namespace()).list().getItems().stream()
        .filter(map -> !map.getMetadata().getName().equals("kube-root-ca.crt"))
        .map(ConfigMap::getData)
        .flatMap(data -> data.values().stream())
        .toList();
  }

  /** Its pipeline runs, and everything it was made to say is its own. */
  void isComputed() {
    tenant.awaitReady(PIPELINE, Samples.PIPELINE, "Running");
    assertThat(documents())
        .isNotEmpty()
        .noneMatch(document -> document.contains("alpha"))
        .anyMatch(document -> document.contains("s3a://features/" + namespace() + "/"));
  }

  boolean exists(HasMetadata object) {
    return client.resource(object).get() != null;
  }
}
