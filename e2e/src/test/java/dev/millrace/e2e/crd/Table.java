package dev.millrace.e2e.crd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.cluster.Requests;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What {@code kubectl get} shows: the server computes the cells, kubectl sets them side by side.
 *
 * @param rows the heading and a row per object; the columns without {@code -o wide}
 */
record Table(List<List<String>> rows) {
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final String GAP = "   ";

  static Table of(Requests requests, String path) {
    JsonNode table = requests.get(path, TABLE).accepted();
    var rows = new ArrayList<List<String>>();
    rows.add(new ArrayList<>());
    var shown = new ArrayList<Integer>();
    for (int column = 0; column < table.path("columnDefinitions").size(); column++) {
      JsonNode definition = table.path("columnDefinitions").get(column);
      if (definition.path("priority").asInt() == 0) {
        shown.add(column);
        rows.get(0).add(definition.path("name").asText().toUpperCase(Locale.ROOT));
      }
    }
    for (JsonNode row : table.path("rows")) {
      JsonNode cells = row.path("cells");
      rows.add(shown.stream().map(column -> text(cells.get(column))).toList());
    }
    return new Table(rows);
  }

  /** The lines that kubectl prints. */
  List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  /** The same with another last column, which is the age. */
  Table withAges(List<String> ages) {
    var aged = new ArrayList<List<String>>();
    for (int row = 0; row < rows.size(); row++) {
      var cells = new ArrayList<>(rows.get(row));
      cells.set(cells.size() - 1, row == 0 ? "AGE" : ages.get(row - 1));
      aged.add(cells);
    }
    return new Table(aged);
  }

  private String line(List<String> cells) {
    var line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      line.append(cell);
      if (column < cells.size() - 1) {
        line.append(" ".repeat(width(column) - cell.length())).append(GAP);
      }
    }
    return line.toString();
  }

  private int width(int column) {
    return Collections.max(rows.stream().map(row -> row.get(column).length()).toList());
  }

  private static String text(JsonNode cell) {
    return cell.isNull() ? "" : cell.asText();
  }
}
