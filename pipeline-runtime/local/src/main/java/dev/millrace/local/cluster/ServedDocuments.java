package dev.millrace.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.operator.desired.DefinitionConfigMaps;
import dev.millrace.operator.desired.Names;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;

/** The document of the job that serves a pipeline's readers, found as people would find it. */
final class ServedDocuments {
  private final KubernetesClient client;

  ServedDocuments(KubernetesClient client) {
    this.client = client;
  }

  /** The document; empty before the first version serves and where no job of it is left. */
  Optional<PipelineDocument> of(GenericKubernetesResource pipeline) {
    String namespace = pipeline.getMetadata().getNamespace();
    int served = tree(pipeline).at("/status/definition/servedVersion").asInt();
    if (served == 0) {
      return Optional.empty();
    }
    GenericKubernetesResource deployment =
        client
            .genericKubernetesResources("flink.apache.org/v1beta1", "FlinkDeployment")
            .inNamespace(namespace)
            .withName(Names.flinkDeployment(pipeline.getMetadata().getName(), served))
            .get();
    return deployment == null ? Optional.empty() : document(namespace, definition(deployment));
  }

  private static String definition(GenericKubernetesResource deployment) {
    for (JsonNode volume : tree(deployment).at("/spec/podTemplate/spec/volumes")) {
      if (volume.path("name").asText().equals("definition")) {
        return volume.at("/configMap/name").asText();
      }
    }
    return "";
  }

  private Optional<PipelineDocument> document(String namespace, String name) {
    ConfigMap map = client.configMaps().inNamespace(namespace).withName(name).get();
    return map == null
        ? Optional.empty()
        : Optional.of(
            DocumentCodec.readPipeline(map.getData().get(DefinitionConfigMaps.PIPELINE_KEY)));
  }

  private static JsonNode tree(GenericKubernetesResource resource) {
    return Serialization.jsonMapper().valueToTree(resource.getAdditionalProperties());
  }
}
