package dev.millrace.local.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the Spark side found, read from the report of its verification run.
 *
 * @param report the whole report
 */
public record Findings(JsonNode report) {

  public static Findings read(Path file) throws IOException {
    return new Findings(new ObjectMapper().readTree(file.toFile()));
  }

  /** A figure of the extract's own report, such as {@code /labels/pending}. */
  public long extract(String pointer) {
    return report.path("extract").at(pointer).asLong();
  }

  public String outcome() {
    return report.at("/extract/outcome").asText();
  }

  public String manifest() {
    return report.at("/extract/manifest").asText();
  }

  public String datasetLocation() {
    return report.at("/trainingSet/location").asText();
  }

  public long trainingRows() {
    return report.at("/trainingSet/rows").asLong();
  }

  /** The first training rows, text or null per column. */
  public List<Map<String, String>> firstRows() {
    return texts(report.at("/trainingSet/firstRows"));
  }

  /** The requested rows recomputed, in the order of the request; null where there is none. */
  public List<Map<String, String>> recomputed() {
    var rows = new ArrayList<Map<String, String>>();
    report.path("rows").forEach(row -> rows.add(row.isNull() ? null : text(row.path("columns"))));
    return rows;
  }

  /** A figure of the leak check. */
  public long leak(String name) {
    return report.path("leak").path(name).asLong();
  }

  /** A figure of the comparison with the feature log. */
  public long parity(String name) {
    return report.path("parity").path(name).asLong();
  }

  /** Rows of the feature log that differ, by column. */
  public Map<String, Long> parityByColumn() {
    var columns = new TreeMap<String, Long>();
    report
        .at("/parity/byColumn")
        .fields()
        .forEachRemaining(each -> columns.put(each.getKey(), each.getValue().asLong()));
    return columns;
  }

  /** Nanoseconds of a part. */
  public long nanos(String part) {
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
