package dev.millrace.e2e.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.crds.admission.CustomResourceKind;
import dev.millrace.e2e.cluster.Requests;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies of our resource types in a group of their own, in which every check can be off: what a
 * released revision with fewer rules was like. The real ones stay as they are for other tests.
 */
final class OldRevision {
  static final String GROUP = "stored.millrace.dev";
  private static final String TYPES = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  /** Keywords that only restrict values; structure and defaults stay. */
  private static final List<String> CHECKS =
      List.of(
          "x-kubernetes-validations",
          "required",
          "pattern",
          "enum",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "maxProperties",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys");

  private final Requests requests;

  OldRevision(Requests requests) {
    this.requests = requests;
  }

  /** Installs the copies without any check. */
  void installLoose() {
    for (CustomResourceKind kind : CustomResourceKind.values()) {
      ObjectNode type = copy(kind);
      removeChecks(type.at("/spec/versions/0/schema/openAPIV3Schema"));
      requests.post(TYPES, type).accepted();
    }
  }

  /** Turns the copies into the revision of today. */
  void tighten() {
    for (CustomResourceKind kind : CustomResourceKind.values()) {
      ObjectNode type = copy(kind);
      String path = TYPES + "/" + type.at("/metadata/name").asText();
      JsonNode version = requests.get(path).accepted().at("/metadata/resourceVersion");
      type.withObject("/metadata").set("resourceVersion", version);
      requests.put(path, type).accepted();
    }
  }

  /** Removes them with all their objects. */
  void remove() {
    for (CustomResourceKind kind : CustomResourceKind.values()) {
      requests.delete(TYPES + "/" + copy(kind).at("/metadata/name").asText()).accepted();
    }
  }

  private static ObjectNode copy(CustomResourceKind kind) {
    ObjectNode type = kind.crd().deepCopy();
    ObjectNode spec = type.withObject("/spec");
    spec.put("group", GROUP);
    ObjectNode names = spec.withObject("/names");
    names.remove(List.of("shortNames", "categories"));
    type.withObject("/metadata").put("name", names.get("plural").asText() + "." + GROUP);
    return type;
  }

  private static void removeChecks(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      object.remove(CHECKS);
      var members = new ArrayList<JsonNode>();
      object.path("properties").forEach(members::add);
      members.add(object.path("items"));
      members.add(object.path("additionalProperties"));
      members.forEach(OldRevision::removeChecks);
    }
  }
}
