package dev.millrace.crds.schema;

import static dev.millrace.crds.admission.CustomResourceKind.FEATURE_PIPELINE;
import static dev.millrace.crds.admission.CustomResourceKind.LABEL_WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes that occur more than once are equal, because one generated class stands for all. */
class SharedShapesTest {
  private static final String PIPELINE_SOURCE = "/properties/spec/properties/source";
  private static final String LABEL_SOURCE = "/properties/spec/properties/label/properties/source";
  private static final String SURROGATE = "/properties/spec/properties/surrogates/items";

  @Test
  void readsSurrogatesLikeLabels() {
    assertThat(labelWindow(SURROGATE + "/properties/source")).isEqualTo(labelWindow(LABEL_SOURCE));
    assertThat(labelWindow(SURROGATE + "/properties/match"))
        .isEqualTo(labelWindow("/properties/spec/properties/label/properties/match"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schema/items",
        "eventTime",
        "registry",
        "watermark",
        "topic/properties/config",
        "topic/properties/name",
        "connection"
      })
  void readsLabelsLikeEvents(String field) {
    assertThat(shape(labelWindow(LABEL_SOURCE + "/properties/" + field)))
        .isEqualTo(shape(pipeline(PIPELINE_SOURCE + "/properties/" + field)));
  }

  @Test
  void hasTheSameChildrenAndConditionsInBothStatuses() {
    for (String list : List.of("children", "conditions")) {
      var path = "/properties/status/properties/" + list + "/items/properties";
      assertThat(shape(labelWindow(path))).isEqualTo(shape(pipeline(path)));
    }
  }

  private static JsonNode labelWindow(String path) {
    return found(SchemaField.root(LABEL_WINDOW), path);
  }

  private static JsonNode pipeline(String path) {
    return found(SchemaField.root(FEATURE_PIPELINE), path);
  }

  private static JsonNode found(JsonNode root, String path) {
    var schema = root.at(path);
    assertThat(schema.isMissingNode()).as(path).isFalse();
    return schema;
  }

  /** The schema without its descriptions: a label's version never rises, a pipeline's does. */
  private static JsonNode shape(JsonNode schema) {
    var copy = schema.deepCopy();
    if (copy instanceof ObjectNode object && object.path("description").isTextual()) {
      object.remove("description");
    }
    if (copy instanceof ObjectNode object) {
      for (var names = schema.fieldNames(); names.hasNext(); ) {
        var name = names.next();
        if (object.has(name)) {
          object.set(name, shape(object.get(name)));
        }
      }
    }
    return copy;
  }
}
