package dev.millrace.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the Spark side found, read from the report of its verification run. */
record Findings(JsonNode report) {

  static Findings read(Path file) throws IOException {
    return new Findings(new ObjectMapper().readTree(file.toFile()));
  }

  /** A figure of the extract's own report, such as {@code /labels/pending}. */
  long extract(String pointer) {
    return report.path("extract").at(pointer).asLong();
  }

  String outcome() {
    return report.at("/extract/outcome").asText();
  }

  String manifest() {
    return report.at("/extract/manifest").asText();
  }

  String datasetLocation() {
    return report.at("/trainingSet/location").asText();
  }

  long trainingRows() {
    return report.at("/trainingSet/rows").asLong();
  }

  /** The first training rows, text or null per column. */
  List<Map<String, String>> firstRows() {
    return texts(report.at("/trainingSet/firstRows"));
  }

  /** The requested rows recomputed, in the order of the request; null where there is none. */
  List<Map<String, String>> recomputed() {
    var rows = new ArrayList<Map<String, String>>();
    report.path("rows").forEach(row -> rows.add(row.isNull() ? null : text(row.path("columns"))));
    return rows;
  }

  /** A figure of the leak check. */
  long leak(String name) {
    return report.path("leak").path(name).asLong();
  }

  /** A figure of the comparison with the feature log. */
  long parity(String name) {
    return report.path("parity").path(name).asLong();
  }

  /** Nanoseconds of a part. */
  long nanos(String part) {
    return (long) (report.path("seconds").path(part).asDouble() * 1e9);
  }

  private static List<Map<String, String>> texts(JsonNode rows) {
    var texts = new ArrayList<Map<String, String>>();
    rows.forEach(row -> texts.add(text(row)));
    return texts;
  }

  private static Map<String, String> text(JsonNode object) {
    var texts = new LinkedHashMap<String, String>();
    object
        .fields()
        .forEachRemaining(
            field ->
                texts.put(
                    field.getKey(), field.getValue().isNull() ? null : field.getValue().asText()));
    return texts;
  }
}
