package dev.millrace.e2e.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.millrace.e2e.platform.PlatformExtension;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Carries out the steps of a scenario in one tenant namespace. */
final class ScenarioRun {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Map<String, String> GROUPS =
      Map.ofEntries(
          Map.entry("FeaturePipeline", "millrace.dev/v1alpha1"),
          Map.entry("LabelWindow", "millrace.dev/v1alpha1"),
          Map.entry("KafkaTopic", "kafka.strimzi.io/v1"),
          Map.entry("FlinkDeployment", "flink.apache.org/v1beta1"),
          Map.entry("StatefulSet", "apps/v1"),
          Map.entry("CronJob", "batch/v1"),
          Map.entry("Job", "batch/v1"),
          Map.entry("NetworkPolicy", "networking.k8s.io/v1"));
  private static final Set<String> CLUSTER = Set.of("Namespace");

  private final Scenario scenario;
  private final PlatformExtension platform;
  private final KubernetesClient client;
  private final ScenarioData data;

  ScenarioRun(Scenario scenario, PlatformExtension platform) {
    this.scenario = scenario;
    this.platform = platform;
    client = platform.platform().client();
    data = new ScenarioData(scenario, platform);
  }

  void run() throws Exception {
    int number = 0;
    for (JsonNode step : scenario.steps()) {
      number++;
      String verb = step.fieldNames().next();
      try {
        step(verb, step.get(verb));
      } catch (AssertionError | ConditionTimeoutException e) {
        throw new AssertionError(
            scenario.name() + " step " + number + " (" + verb + "): " + e.getMessage(), e);
      }
    }
  }

  private void step(String verb, JsonNode arguments) throws Exception {
    switch (verb) {
      case "apply" -> apply(arguments.asText());
      case "refuse" -> refuse(arguments);
      case "patch" -> patch(arguments);
      case "delete" -> resource(arguments).delete();
      case "expect" -> expect(arguments);
      case "stays" -> stays(arguments);
      case "absent" -> absent(arguments);
      case "operator" -> operator(arguments.asText());
      case "job" -> new ScenarioJobs(client, platform.namespace()).create(arguments);
      case "produce", "topic", "redis", "files", "remember", "flink", "topics" ->
          data.step(verb, arguments);
      default -> throw new IllegalArgumentException("unknown step " + verb);
    }
  }

  private void apply(String file) throws IOException {
    for (JsonNode document : documents(file)) {
      GenericKubernetesResource object =
          YAML.convertValue(document, GenericKubernetesResource.class);
      if (object.getMetadata().getNamespace() == null && !CLUSTER.contains(object.getKind())) {
        object.getMetadata().setNamespace(platform.namespace());
      }
      PatchContext apply =
          new PatchContext.Builder()
              .withPatchType(PatchType.SERVER_SIDE_APPLY)
              .withFieldManager("scenario")
              .withForce(true)
              .withFieldValidation("Strict")
              .build();
      client.resource(object).patch(apply);
    }
  }

  private List<JsonNode> documents(String file) throws IOException {
    try (var documents =
        YAML.readerFor(JsonNode.class).<JsonNode>readValues(data.resolve(scenario.text(file)))) {
      return documents.readAll();
    }
  }

  /** The API server refuses a file with a text. */
  private void refuse(JsonNode arguments) {
    Assertions.assertThatThrownBy(() -> apply(arguments.path("file").asText()))
        .hasMessageContaining(arguments.path("message").asText());
  }

  private void patch(JsonNode arguments) {
    String patch = data.resolve(arguments.path("merge").toString());
    PatchContext merge =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager("someone-else")
            .build();
    resource(arguments).patch(merge, patch);
  }

  private void expect(JsonNode arguments) {
    Awaitility.await()
        .atMost(within(arguments))
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(() -> Assertions.assertThat(differences(arguments)).isEmpty());
    data.remember(arguments, resource(arguments).get());
  }

  /** What holds now holds for a while. */
  private void stays(JsonNode arguments) {
    Awaitility.await()
        .during(within(arguments))
        .atMost(within(arguments).plusSeconds(5))
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(() -> Assertions.assertThat(differences(arguments)).isEmpty());
  }

  private List<String> differences(JsonNode arguments) {
    GenericKubernetesResource actual = resource(arguments).get();
    if (actual == null) {
      return List.of(arguments.path("kind").asText() + " " + objectName(arguments) + " is absent");
    }
    Object tree =
        client
            .getKubernetesSerialization()
            .unmarshal(client.getKubernetesSerialization().asJson(actual), Map.class);
    Object wanted =
        client
            .getKubernetesSerialization()
            .unmarshal(data.resolve(arguments.path("match").toString()), Map.class);
    return Subset.differences(arguments.path("kind").asText(), wanted, tree);
  }

  private void absent(JsonNode arguments) {
    Awaitility.await()
        .atMost(within(arguments))
        .pollInterval(Duration.ofMillis(250))
        .until(() -> resource(arguments).get() == null);
  }

  private void operator(String what) {
    switch (what) {
      case "start" -> platform.operator();
      case "stop" -> platform.stopOperator();
      case "kill" -> platform.operator().kill();
      default -> throw new IllegalArgumentException("operator: " + what);
    }
  }

  private static Duration within(JsonNode arguments) {
    String text = arguments.path("within").asText();
    Duration patience =
        text.isEmpty() ? PATIENCE : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    return patience.multipliedBy(ScenarioData.SLOWNESS);
  }

  private String objectName(JsonNode arguments) {
    return data.resolve(arguments.path("name").asText());
  }

  private Resource<GenericKubernetesResource> resource(JsonNode arguments) {
    String kind = arguments.path("kind").asText();
    String namespace =
        arguments.hasNonNull("namespace")
            ? data.resolve(arguments.path("namespace").asText())
            : kind.equals("KafkaTopic") ? "kafka" : platform.namespace();
    return resource(GROUPS.getOrDefault(kind, "v1"), kind, namespace, objectName(arguments));
  }

  private Resource<GenericKubernetesResource> resource(
      String apiVersion, String kind, String namespace, String name) {
    int slash = apiVersion.indexOf('/');
    String plural =
        kind.equals("NetworkPolicy") ? "networkpolicies" : kind.toLowerCase(Locale.ROOT) + "s";
    var context =
        new ResourceDefinitionContext.Builder()
            .withGroup(slash < 0 ? "" : apiVersion.substring(0, slash))
            .withVersion(apiVersion.substring(slash + 1))
            .withKind(kind)
            .withPlural(plural)
            .withNamespaced(!CLUSTER.contains(kind))
            .build();
    var resources = client.genericKubernetesResources(context);
    return CLUSTER.contains(kind)
        ? resources.withName(name)
        : resources.inNamespace(namespace).withName(name);
  }
}
