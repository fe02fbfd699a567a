package dev.millrace.e2e.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.e2e.Answer;
import dev.millrace.e2e.Requests;
import java.util.Map;
import java.util.TreeMap;

/** What a user does to our resources of one namespace, and sees of them. */
record Kubectl(Requests requests, String namespace) {
  private static final Map<String, String> PLURALS =
      Map.of("FeaturePipeline", "featurepipelines", "LabelWindow", "labelwindows");

  /** {@code kubectl apply --server-side}. */
  Answer apply(ObjectNode object) {
    return requests.apply(path(object), object);
  }

  /** The object now; missing if there is none. */
  JsonNode read(ObjectNode object) {
    var answer = requests.get(path(object));
    return answer.code() == 404 ? MissingNode.getInstance() : answer.accepted();
  }

  /** {@code kubectl delete --wait=false}. */
  void delete(ObjectNode object) {
    requests.delete(path(object));
  }

  /** Writes into a ConfigMap. */
  void patchConfigMap(String name, String merge) {
    requests.merge("/api/v1/namespaces/" + namespace + "/configmaps/" + name, merge).accepted();
  }

  /** Messages of the Events about an object. */
  String eventsOf(JsonNode object) {
    var text = new StringBuilder();
    for (var event :
        requests.get("/api/v1/namespaces/" + namespace + "/events").accepted().path("items")) {
      if (event.at("/involvedObject/uid").equals(object.at("/metadata/uid"))) {
        text.append(event.path("message").asText()).append('\n');
      }
    }
    return text.toString();
  }

  /** Specs of the jobs, topics and schedules that an object owns, by name. */
  Map<String, JsonNode> childrenOf(JsonNode object) {
    var children = new TreeMap<String, JsonNode>();
    var selector = "?labelSelector=millrace.dev/owner-uid=" + object.at("/metadata/uid").asText();
    for (var path :
        new String[] {
          "/apis/flink.apache.org/v1beta1/namespaces/" + namespace + "/flinkdeployments",
          "/apis/batch/v1/namespaces/" + namespace + "/cronjobs",
          "/apis/kafka.strimzi.io/v1/kafkatopics"
        }) {
      for (var child : requests.get(path + selector).accepted().path("items")) {
        children.put(path + "/" + child.at("/metadata/name").asText(), child.path("spec"));
      }
    }
    return children;
  }

  private String path(ObjectNode object) {
    return "/apis/millrace.dev/v1alpha1/namespaces/%s/%s/%s"
        .formatted(
            namespace,
            PLURALS.get(object.path("kind").asText()),
            object.at("/metadata/name").asText());
  }
}
