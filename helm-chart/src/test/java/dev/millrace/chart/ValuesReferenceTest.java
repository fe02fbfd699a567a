package dev.millrace.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Dreference.regenerate} writes the page anew; without it a difference fails the build. */
class ValuesReferenceTest {
  private static final Path PAGE = MillraceChart.ROOT.resolve("docs/reference/values.md");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void thePageSaysWhatTheSchemaSays() throws IOException {
    String page = page();
    if (System.getProperty("reference.regenerate") != null) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE))
        .as("docs/reference/values.md; run with -Dreference.regenerate")
        .isEqualTo(page);
  }

  private static String page() throws IOException {
    JsonNode defaults =
        MillraceChart.YAML.readTree(MillraceChart.FOLDER.resolve("values.yaml").toFile());
    var page = new StringBuilder();
    page.append("# Values of the chart\n\n");
    page.append("Generated from `helm-chart/values.schema.json`. Other keys are refused.\n\n");
    page.append("| value | type | default | meaning |\n|---|---|---|---|\n");
    for (ValuesSchema.Entry entry : ValuesSchema.read().entries()) {
      JsonNode schema = entry.schema();
      if (!entry.path().endsWith("[]")) {
        page.append("| `").append(entry.path()).append("` | ").append(type(schema)).append(" | ");
        page.append(text(schema, at(defaults, entry.path()))).append(" | ");
        page.append(schema.path("description").asText().replace("|", "\\|")).append(" |\n");
      }
    }
    return page.toString();
  }

  private static JsonNode at(JsonNode defaults, String path) {
    JsonNode value = defaults;
    for (String key : path.split("\\.")) {
      value = key.endsWith("[]") ? MissingNode.getInstance() : value.path(key);
    }
    return value;
  }

  /** Defaults of objects stand at their members, unless these are free. */
  private static String text(JsonNode schema, JsonNode value) throws IOException {
    return value.isMissingNode() || schema.has("properties")
        ? ""
        : "`" + JSON.writeValueAsString(value) + "`";
  }

  private static String type(JsonNode schema) {
    if (schema.has("enum")) {
      return String.join(", ", JSON.convertValue(schema.get("enum"), String[].class));
    }
    JsonNode type = schema.path("type");
    String name = type.isArray() ? type.get(0).asText() + " or null" : type.asText();
    if (schema.has("minimum") && schema.has("maximum")) {
      return name + " (" + schema.get("minimum") + "–" + schema.get("maximum") + ")";
    }
    if (name.equals("array")) {
      return "list of " + schema.at("/items/type").asText();
    }
    boolean map = schema.path("additionalProperties").isObject();
    return map ? "map" : name;
  }
}
