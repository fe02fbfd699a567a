package dev.millrace.e2e.security;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Somebody with kubectl in one namespace. */
final class Tenant {
  static final ResourceDefinitionContext PIPELINE = kind("FeaturePipeline", "featurepipelines");
  static final ResourceDefinitionContext WINDOW = kind("LabelWindow", "labelwindows");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("fault.patience", 60));

  private final KubernetesClient client;
  private final String namespace;

  Tenant(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  String namespace() {
    return namespace;
  }

  /** {@code kubectl create -f}. */
  List<HasMetadata> create(String yaml) {
    return client
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

  /** Deletes and waits until it is gone. */
  void deleteAndWait(ResourceDefinitionContext kind, String name) {
    delete(kind, name);
    until(kind, name, "its end", JsonNode::isMissingNode);
  }

  /** The object now; missing once it is gone. */
  JsonNode read(ResourceDefinitionContext kind, String name) {
    GenericKubernetesResource found = resource(kind, name).get();
    return found == null ? MissingNode.getInstance() : tree(found);
  }

  /** As the API server sends it: numbers that print alike are equal. */
  private static JsonNode tree(Object object) {
    try {
      return JSON.readTree(JSON.writeValueAsBytes(object));
    } catch (IOException e) {
      throw new UncheckedIOException("objects of the API server are JSON", e);
    }
  }

  /** {@code kubectl create job --from=cronjob}. */
  void run(String cronJobName) {
    CronJob cronJob =
        client.batch().v1().cronjobs().inNamespace(namespace).withName(cronJobName).require();
    Job job =
        new JobBuilder()
            .withNewMetadataLike(cronJob.getSpec().getJobTemplate().getMetadata())
            .withName(cronJobName + "-" + Instant.now().getEpochSecond() / 60)
            .withNamespace(namespace)
            .addNewOwnerReference()
            .withApiVersion("batch/v1")
            .withKind("CronJob")
            .withName(cronJobName)
            .withUid(cronJob.getMetadata().getUid())
            .withController(true)
            .endOwnerReference()
            .endMetadata()
            .withSpec(cronJob.getSpec().getJobTemplate().getSpec())
            .build();
    client.resource(job).create();
  }

  /** Makes every pod of an extract leave that as its termination message. */
  void leaveMessage(String cronJobName, String message) {
    await("a pod of a run").atMost(PATIENCE).until(() -> !podsOf(cronJobName).isEmpty());
    for (Pod pod : podsOf(cronJobName)) {
      // The Job controller writes to the pod too, and a write on an old version is refused.
      await("last words of a pod")
          .atMost(PATIENCE)
          .ignoreExceptionsMatching(Tenant::isConflict)
          .untilAsserted(() -> say(pod, message));
    }
  }

  private static boolean isConflict(Throwable failure) {
    return failure instanceof KubernetesClientException refused
        && refused.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  private void say(Pod pod, String message) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(pod.getMetadata().getName())
        .editStatus(
            ended ->
                new PodBuilder(ended)
                    .editOrNewStatus()
                    .addNewContainerStatus()
                    .withName(ended.getSpec().getContainers().get(0).getName())
                    .withImage("test")
                    .withImageID("test")
                    .withReady(false)
                    .withRestartCount(0)
                    .withNewState()
                    .withNewTerminated()
                    .withExitCode(0)
                    .withReason("Completed")
                    .withFinishedAt(Instant.now().toString())
                    .withMessage(message)
                    .endTerminated()
                    .endState()
                    .endContainerStatus()
                    .endStatus()
                    .build());
  }

  private List<Pod> podsOf(String cronJobName) {
    String label = "batch.kubernetes.io/job-name";
    return client.pods().inNamespace(namespace).withLabel(label).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getLabels().get(label).startsWith(cronJobName + "-"))
        .toList();
  }

  /** {@code kubectl wait --for=condition=Ready}, for a reason. */
  void awaitReady(ResourceDefinitionContext kind, String name, String reason) {
    until(
        kind,
        name,
        "Ready/" + reason,
        object -> {
          JsonNode ready = condition(object, "Ready");
          return ready.path("status").asText().equals("True")
              && ready.path("reason").asText().equals(reason)
              && ready.path("observedGeneration").equals(object.at("/metadata/generation"));
        });
  }

  /** Waits for something to be true of an object; says what it was last. */
  void until(ResourceDefinitionContext kind, String name, String what, Predicate<JsonNode> wanted) {
    await(what + " of " + name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              JsonNode object = read(kind, name);
              if (!wanted.test(object)) {
                throw new AssertionError("not " + what + ": " + summary(object));
              }
            });
  }

  /** Its conditions and generation, for messages. */
  static String summary(JsonNode object) {
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
    return text.append("%n  %s".formatted(object.at("/metadata/generation"))).toString();
  }

  static JsonNode condition(JsonNode object, String type) {
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
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
