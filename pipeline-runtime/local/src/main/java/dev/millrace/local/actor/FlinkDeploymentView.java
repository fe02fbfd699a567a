package dev.millrace.local.actor;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a FlinkDeployment that decide what runs. Read untyped: the typed class knows no
 * Flink 2 (neighbours.md §2.1).
 *
 * @param namespace namespace of the resource
 * @param name name of the resource
 * @param entryClass class whose main method is the job
 * @param arguments its arguments, with paths as inside the pod
 * @param parallelism of the job
 * @param configuration Flink configuration
 * @param podTemplate volumes and mounts
 */
public record FlinkDeploymentView(
    String namespace,
    String name,
    String entryClass,
    List<String> arguments,
    int parallelism,
    Map<String, String> configuration,
    PodTemplateSpec podTemplate) {
  private static final String MAIN_CONTAINER = "flink-main-container";
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  /** The parts of a resource. */
  public static FlinkDeploymentView of(HasMetadata deployment) {
    JsonNode spec = SERIALIZATION.convertValue(deployment, JsonNode.class).path("spec");
    JsonNode job = spec.path("job");
    var arguments = new ArrayList<String>();
    job.path("args").forEach(argument -> arguments.add(argument.asText()));
    var configuration = new LinkedHashMap<String, String>();
    spec.path("flinkConfiguration")
        .fields()
        .forEachRemaining(entry -> configuration.put(entry.getKey(), entry.getValue().asText()));
    return new FlinkDeploymentView(
        deployment.getMetadata().getNamespace(),
        deployment.getMetadata().getName(),
        job.path("entryClass").asText(),
        arguments,
        job.path("parallelism").asInt(1),
        configuration,
        podTemplate(spec.path("podTemplate")));
  }

  /** Without a template of its own a pod has the main container alone. */
  private static PodTemplateSpec podTemplate(JsonNode template) {
    if (template.path("spec").path("containers").isEmpty()) {
      return new PodTemplateSpecBuilder()
          .withNewSpec()
          .addNewContainer()
          .withName(MAIN_CONTAINER)
          .endContainer()
          .endSpec()
          .build();
    }
    return SERIALIZATION.convertValue(template, PodTemplateSpec.class);
  }

  /** The container of job and task managers. */
  Container container() {
    return podTemplate.getSpec().getContainers().stream()
        .filter(container -> container.getName().equals(MAIN_CONTAINER))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " has no " + MAIN_CONTAINER));
  }
}
