package dev.millrace.e2e.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.e2e.neighbour.Json;
import dev.millrace.e2e.neighbour.Kinds;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Somebody with kubectl in one namespace, straight at the API server.
 *
 * @param patience how long to wait for anything
 */
public record Tenant(KubernetesClient client, String namespace, Duration patience) {
  /** More than anything takes on a machine that does other things too. */
  static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("fault.patience", 90));

  Tenant(KubernetesClient client, String namespace) {
    this(client, namespace, PATIENCE);
  }

  /** The same who waits longer. */
  public Tenant patient(Duration longer) {
    return new Tenant(client, namespace, longer);
  }

  /** {@code kubectl create -f}. */
  public List<HasMetadata> create(String yaml) {
    return client
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .inNamespace(namespace)
        .create();
  }

  /** {@code kubectl apply --server-side} of one of our resources; the answer may be a refusal. */
  public Answer apply(ObjectNode object) {
    return new Requests(client)
        .apply(
            "/apis/millrace.dev/v1alpha1/namespaces/%s/%s/%s"
                .formatted(namespace, Kinds.ours(object).getPlural(), name(object)),
            object);
  }

  /** {@code kubectl patch --type=merge}. */
  public void patch(ResourceDefinitionContext kind, String name, String json) {
    resource(kind, name).patch(PatchContext.of(PatchType.JSON_MERGE), json);
  }

  /** {@code kubectl patch --type=json}. */
  public void patchList(ResourceDefinitionContext kind, String name, String json) {
    resource(kind, name).patch(PatchContext.of(PatchType.JSON), json);
  }

  /** {@code kubectl delete --wait=false}. */
  public void delete(ResourceDefinitionContext kind, String name) {
    resource(kind, name).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
  }

  /** Deletes and waits until it is gone. */
  public void deleteAndWait(ResourceDefinitionContext kind, String name) {
    delete(kind, name);
    awaitGone(kind, name);
  }

  public void awaitGone(ResourceDefinitionContext kind, String name) {
    until(kind, name, "its end", JsonNode::isMissingNode);
  }

  /** {@code kubectl delete namespace --wait=false}. */
  public void deleteNamespace() {
    client.namespaces().withName(namespace).delete();
  }

  /** The object now; missing once it is gone. */
  public JsonNode read(ResourceDefinitionContext kind, String name) {
    GenericKubernetesResource found = resource(kind, name).get();
    return found == null ? MissingNode.getInstance() : Json.tree(found);
  }

  /** All of a kind that are ours: in the namespace, topics wherever they carry its name. */
  public List<GenericKubernetesResource> children(ResourceDefinitionContext kind) {
    var objects = client.genericKubernetesResources(kind);
    var found =
        kind == Kinds.TOPIC
            ? objects.inAnyNamespace().withLabel("millrace.dev/namespace", namespace).list()
            : objects
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/managed-by", "millrace")
                .list();
    return found.getItems();
  }

  /** Takes away what was kept on purpose, so that the next test begins with nothing. */
  public void clear() {
    for (var kind : Kinds.CHILDREN) {
      children(kind).forEach(child -> client.resource(child).delete());
    }
  }

  /** Whether operators have left nothing. */
  public boolean isClear() {
    return Kinds.CHILDREN.stream().allMatch(kind -> children(kind).isEmpty());
  }

  /** All Events of the namespace. */
  public List<Event> events() {
    return client.v1().events().inNamespace(namespace).list().getItems();
  }

  /** Messages of the Events with that reason. */
  public List<String> events(String reason) {
    return events().stream()
        .filter(event -> event.getReason().equals(reason))
        .map(Event::getMessage)
        .toList();
  }

  /** {@code kubectl wait --for=condition=Ready}. */
  public void awaitReady(ResourceDefinitionContext kind, String name) {
    until(kind, name, "Ready", Conditions::isReady);
  }

  /** The same for a reason. */
  public void awaitReady(ResourceDefinitionContext kind, String name, String reason) {
    until(kind, name, "Ready/" + reason, object -> Conditions.isReady(object, reason));
  }

  /** Waits for something to be true of an object; says what it was last. */
  public void until(
      ResourceDefinitionContext kind, String name, String what, Predicate<JsonNode> wanted) {
    await(what + " of " + name + " in " + namespace)
        .atMost(patience)
        .pollInterval(Duration.ofMillis(150))
        .untilAsserted(
            () -> {
              JsonNode object = read(kind, name);
              if (!wanted.test(object)) {
                throw new AssertionError("not " + what + ": " + Conditions.summary(object));
              }
            });
  }

  private static String name(ObjectNode object) {
    return object.at("/metadata/name").asText();
  }

  private Resource<GenericKubernetesResource> resource(
      ResourceDefinitionContext kind, String name) {
    return client.genericKubernetesResources(kind).inNamespace(namespace).withName(name);
  }
}
