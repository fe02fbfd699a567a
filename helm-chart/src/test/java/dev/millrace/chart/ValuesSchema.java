package dev.millrace.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code values.schema.json} as a list of its values, in the order they are written. */
record ValuesSchema(JsonNode root) {
  /**
   * One value.
   *
   * @param path keys from the outside in, {@code []} behind a list of objects
   */
  record Entry(String path, JsonNode schema) {}

  static ValuesSchema read() throws IOException {
    return new ValuesSchema(
        new ObjectMapper().readTree(MillraceChart.FOLDER.resolve("values.schema.json").toFile()));
  }

  List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    collect("", root, entries);
    return entries;
  }

  private static void collect(String path, JsonNode schema, List<Entry> into) {
    for (var property : schema.path("properties").properties()) {
      String child = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
      into.add(new Entry(child, property.getValue()));
      collect(child, property.getValue(), into);
    }
    JsonNode items = schema.path("items");
    if (items.path("type").asText().equals("object")) {
      into.add(new Entry(path + "[]", items));
      collect(path + "[]", items, into);
    }
  }
}
