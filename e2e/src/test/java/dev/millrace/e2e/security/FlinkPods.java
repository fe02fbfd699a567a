package dev.millrace.e2e.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.e2e.security.RenderedPods.Rendered;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;

/**
 * What Flink's native Kubernetes mode makes of a FlinkDeployment's pod template (decorators of
 * flink-kubernetes 2.2): image, sizes, ports, address, configuration and command are added to the
 * container {@code flink-main-container}; security contexts are the template's or nobody's.
 */
final class FlinkPods {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MAIN = "flink-main-container";

  private FlinkPods() {}

  static List<Rendered> of(String origin, GenericKubernetesResource deployment) {
    JsonNode spec = JSON.valueToTree(deployment.getAdditionalProperties().get("spec"));
    return List.of(
        pod(origin, spec, "jobManager", List.of(8081, 6123, 6124)),
        pod(origin, spec, "taskManager", List.of(6122)));
  }

  private static Rendered pod(String origin, JsonNode spec, String role, List<Integer> ports) {
    Pod template = JSON.convertValue(spec.path("podTemplate"), Pod.class);
    JsonNode size = spec.at("/" + role + "/resource");
    Pod pod =
        new PodBuilder(template)
            .editSpec()
            .withServiceAccountName(spec.path("serviceAccount").asText())
            .editMatchingContainer(container -> MAIN.equals(container.getName()))
            .withImage(spec.path("image").asText())
            .withCommand("/docker-entrypoint.sh")
            .withArgs("kubernetes-" + role.toLowerCase(java.util.Locale.ROOT) + "-application")
            .addAllToPorts(ports.stream().map(FlinkPods::port).toList())
            .addNewEnv()
            .withName("_POD_IP_ADDRESS")
            .withNewValueFrom()
            .withNewFieldRef()
            .withFieldPath("status.podIP")
            .endFieldRef()
            .endValueFrom()
            .endEnv()
            .withNewResources()
            .addToRequests("cpu", new Quantity(size.path("cpu").asText()))
            .addToRequests("memory", new Quantity(size.path("memory").asText()))
            .addToLimits("memory", new Quantity(size.path("memory").asText()))
            .endResources()
            .addNewVolumeMount()
            .withName("flink-config-volume")
            .withMountPath("/opt/flink/conf")
            .endVolumeMount()
            .endContainer()
            .addNewVolume()
            .withName("flink-config-volume")
            .withNewConfigMap()
            .withName("flink-config")
            .endConfigMap()
            .endVolume()
            .endSpec()
            .build();
    return new Rendered(origin, role, pod);
  }

  private static io.fabric8.kubernetes.api.model.ContainerPort port(int number) {
    return new ContainerPortBuilder().withContainerPort(number).build();
  }
}
