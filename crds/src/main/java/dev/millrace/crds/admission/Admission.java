package dev.millrace.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.crds.admission.Refusal.Cause;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Admits or refuses resources as an API server with our CRDs would: unknown fields first and alone,
 * then structure, then rules unless an error of structure hides them. All refusals at once.
 */
public final class Admission {
  private static final String NOT_CHECKED =
      "null: some validation rules were not checked because the object was invalid; correct the"
          + " existing errors to complete validation";

  private final Map<CustomResourceKind, SchemaNode> schemas =
      new EnumMap<>(CustomResourceKind.class);
  private final CelRules rules = new CelRules();

  /** Reads the CRDs; rules are compiled when they are first needed. */
  public Admission() {
    for (CustomResourceKind kind : CustomResourceKind.values()) {
      schemas.put(kind, kind.schema());
    }
  }

  /** Refusals of a new resource; none when it is admitted. */
  public List<Refusal> create(JsonNode resource) {
    return check(resource, null);
  }

  /** Refusals of a resource that replaces {@code old}, which was admitted before. */
  public List<Refusal> update(JsonNode resource, JsonNode old) {
    return check(resource, withDefaults(old));
  }

  /** A copy with all defaults filled in. */
  public JsonNode withDefaults(JsonNode resource) {
    JsonNode copy = resource.deepCopy();
    SchemaDefaults.fill(schema(resource), copy);
    return copy;
  }

  private List<Refusal> check(JsonNode resource, JsonNode old) {
    var schema = schema(resource);
    var refusals = new Refusals();
    UnknownFields.check(schema, resource, refusals);
    if (!refusals.list().isEmpty()) {
      return refusals.list();
    }
    var complete = withDefaults(resource);
    new MetadataCheck(refusals).check(complete.path("metadata"));
    new StructureCheck(refusals).check(schema, complete, "");
    new ListKeys(refusals).check(schema, complete, "");
    if (refusals.hideRules()) {
      refusals.add("<nil>", Cause.INVALID, NOT_CHECKED);
    } else {
      new RuleCheck(rules, refusals).check(schema, complete, old, "");
    }
    return refusals.list();
  }

  private SchemaNode schema(JsonNode resource) {
    return CustomResourceKind.of(resource)
        .map(schemas::get)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    resource.path("apiVersion").asText()
                        + " "
                        + resource.path("kind").asText()
                        + " is not a resource of Millrace"));
  }
}
