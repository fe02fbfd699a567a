package dev.millrace.e2e.steady;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Somebody with kubectl in one namespace. */
final class Kubectl {
  static final ResourceDefinitionContext PIPELINE = kind("FeaturePipeline", "featurepipelines");
  static final ResourceDefinitionContext WINDOW = kind("LabelWindow", "labelwindows");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("fault.patience", 60));

  private final KubernetesClient client;
  private final String namespace;
  private final Duration patience;

  Kubectl(KubernetesClient client, String namespace) {
    this(client, namespace, PATIENCE);
  }

  /**
   * @param patience how long to wait for anything
   */
  Kubectl(KubernetesClient client, String namespace, Duration patience) {
    this.client = client;
    this.namespace = namespace;
    this.patience = patience;
  }

  String namespace() {
    return namespace;
  }

  /** {@code kubectl create -f}. */
  void create(String yaml) {
    client
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .inNamespace(namespace)
        .create();
  }

  /** {@code kubectl patch --type=merge}. */
  void patch(ResourceDefinitionContext kind, String name, String json) {
    resource(kind, name).patch(PatchContext.of(PatchType.JSON_MERGE), json);
  }

  /** {@code kubectl patch --type=json}. */
  void patchList(ResourceDefinitionContext kind, String name, String json) {
    resource(kind, name).patch(PatchContext.of(PatchType.JSON), json);
  }

  /** {@code kubectl delete --wait=false}. */
  void delete(ResourceDefinitionContext kind, String name) {
    resource(kind, name).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
  }

  /** The object now; missing once it is gone. */
  JsonNode read(ResourceDefinitionContext kind, String name) {
    GenericKubernetesResource found = resource(kind, name).get();
    return found == null ? MissingNode.getInstance() : tree(found);
  }

  /** All of a kind that are ours. */
  List<GenericKubernetesResource> children(ResourceDefinitionContext kind) {
    return client
        .genericKubernetesResources(kind)
        .inNamespace(namespace)
        .withLabel("app.kubernetes.io/managed-by", "millrace")
        .list()
        .getItems();
  }

  /** As the API server sends it: numbers that print alike are equal. */
  static JsonNode tree(Object object) {
    try {
      return JSON.readTree(JSON.writeValueAsBytes(object));
    } catch (IOException e) {
      throw new UncheckedIOException("objects of the API server are JSON", e);
    }
  }

  /** {@code kubectl wait --for=condition=Ready}. */
  void awaitReady(ResourceDefinitionContext kind, String name) {
    until(kind, name, "Ready", Kubectl::isReady);
  }

  /** Waits for something to be true of an object; says what it was last. */
  void until(ResourceDefinitionContext kind, String name, String what, Predicate<JsonNode> wanted) {
    await(what + " of " + name)
        .atMost(patience)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              JsonNode object = read(kind, name);
              if (!wanted.test(object)) {
                throw new AssertionError("not " + what + ": " + summary(object));
              }
            });
  }

  /** Whether Ready is True for the current generation. */
  static boolean isReady(JsonNode object) {
    JsonNode ready = condition(object, "Ready");
    return ready.path("status").asText().equals("True")
        && ready.path("observedGeneration").equals(object.at("/metadata/generation"));
  }

  static JsonNode condition(JsonNode object, String type) {
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  private static String summary(JsonNode object) {
    var text = new StringBuilder();
    for (JsonNode condition : object.at("/status/conditions")) {
      text.append(
          "%n  %s=%s %s: %s"
              .formatted(
                  condition.path("type").asText(),
                  condition.path("status").asText(),
                  condition.path("reason").asText(),
                  condition.path("message").asText()));
    }
    return text.append("%n  generation %s".formatted(object.at("/metadata/generation"))).toString();
  }

  private Resource<GenericKubernetesResource> resource(
      ResourceDefinitionContext kind, String name) {
    return client.genericKubernetesResources(kind).inNamespace(namespace).withName(name);
  }

  private static ResourceDefinitionContext kind(String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup("millrace.dev")
        .withVersion("v1alpha1")
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}
