package dev.millrace.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The schemas of the two CRDs, as the crds module ships them. */
final class CrdSchemas {
  static final JsonNode FEATURE_PIPELINE = schema("featurepipelines");
  static final JsonNode LABEL_WINDOW = schema("labelwindows");

  private CrdSchemas() {}

  private static JsonNode schema(String plural) {
    String resource = "/millrace/crds/" + plural + ".millrace.dev.yaml";
    try (InputStream in = CrdSchemas.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the crds module lacks " + resource);
      }
      return new YAMLMapper().readTree(in).at("/spec/versions/0/schema/openAPIV3Schema");
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
