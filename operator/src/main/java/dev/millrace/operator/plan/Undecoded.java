package dev.millrace.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * The spec of a resource that does not decode, as the API server has it: stored before the CRD was
 * as strict as it is, or while it was not. A bean has no room for such values, so the whole
 * document rides along in its metadata, where no client of an API server can write: unknown members
 * of metadata are dropped there.
 */
public final class Undecoded {
  private static final String MEMBER = "undecodedSpec";

  private Undecoded() {}

  /** Notes the spec as it was read. */
  public static void note(HasMetadata resource, JsonNode spec) {
    resource.getMetadata().setAdditionalProperty(MEMBER, spec);
  }

  /** The document that admission would judge: the bean's, or with the spec as it was read. */
  static JsonNode document(HasMetadata resource) {
    JsonNode tree = ResourceSpecs.tree(resource);
    if (tree.path("metadata") instanceof ObjectNode metadata) {
      JsonNode spec = metadata.remove(MEMBER);
      if (spec != null) {
        ((ObjectNode) tree).set("spec", spec);
      }
    }
    return tree;
  }
}
