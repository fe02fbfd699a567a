package dev.millrace.e2e.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.e2e.cluster.Answer;
import dev.millrace.e2e.cluster.Requests;
import java.util.Map;

/**
 * Our resources in one namespace, every field checked as kubectl has it checked.
 *
 * @param requests to the API server
 * @param group API group; tests of stored objects have one of their own
 * @param namespace whatever namespace an object names, it goes there
 */
record Resources(Requests requests, String group, String namespace) {
  private static final String STRICT = "?fieldValidation=Strict";
  private static final Map<String, String> PLURALS =
      Map.of("FeaturePipeline", "featurepipelines", "LabelWindow", "labelwindows");

  static Resources of(Requests requests, String namespace) {
    return new Resources(requests, "millrace.dev", namespace);
  }

  /** Creates, or updates what has the same kind and name. */
  Answer apply(ObjectNode sample) {
    ObjectNode object = sample.deepCopy();
    object.put("apiVersion", group + "/v1alpha1");
    object.withObject("/metadata").put("namespace", namespace);
    Answer stored = requests.get(path(object));
    if (!stored.isAccepted()) {
      return requests.post(folder(object) + STRICT, object);
    }
    JsonNode version = stored.body().at("/metadata/resourceVersion");
    object.withObject("/metadata").set("resourceVersion", version);
    return requests.put(path(object) + STRICT, object);
  }

  JsonNode stored(ObjectNode sample) {
    return requests.get(path(sample)).accepted();
  }

  Answer merge(ObjectNode sample, String patch) {
    return requests.merge(path(sample) + STRICT, patch);
  }

  Answer mergeStatus(ObjectNode sample, String patch) {
    return requests.merge(path(sample) + "/status", patch);
  }

  String folder(ObjectNode object) {
    return "/apis/%s/v1alpha1/namespaces/%s/%s"
        .formatted(group, namespace, PLURALS.get(object.path("kind").asText()));
  }

  private String path(ObjectNode object) {
    return folder(object) + "/" + object.at("/metadata/name").asText();
  }
}
