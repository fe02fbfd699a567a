package dev.millrace.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/** The two kinds and their CRDs, which are resources of this jar. */
public enum CustomResourceKind {
  FEATURE_PIPELINE("FeaturePipeline", "featurepipelines"),
  LABEL_WINDOW("LabelWindow", "labelwindows");

  /** Group and version of both. */
  public static final String API_VERSION = "millrace.dev/v1alpha1";

  private final String kind;
  private final String plural;

  CustomResourceKind(String kind, String plural) {
    this.kind = kind;
    this.plural = plural;
  }

  /** The kind as resources name it. */
  public String kind() {
    return kind;
  }

  /** Path of the CRD among the resources of this jar. */
  public String crdResource() {
    return "/millrace/crds/" + plural + ".millrace.dev.yaml";
  }

  /** The whole CRD. */
  public JsonNode crd() {
    try (var stream = CustomResourceKind.class.getResourceAsStream(crdResource())) {
      return new YAMLMapper().readTree(stream);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(crdResource() + " cannot be read", unreadable);
    }
  }

  SchemaNode schema() {
    return new SchemaNode(crd().at("/spec/versions/0/schema/openAPIV3Schema"));
  }

  /** The kind of a resource, if it is one of ours. */
  public static Optional<CustomResourceKind> of(JsonNode resource) {
    return Arrays.stream(values())
        .filter(candidate -> candidate.kind.equals(resource.path("kind").asText()))
        .filter(candidate -> API_VERSION.equals(resource.path("apiVersion").asText()))
        .findFirst();
  }
}
