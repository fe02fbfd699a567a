package dev.millrace.local.report;

import dev.millrace.local.terminal.Text;
import dev.millrace.spark.publish.DatasetWriter;
import dev.millrace.spark.verify.PreviewReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A {@link PreviewReport} as a table: instants, id, as many features as fit, label and state. */
public final class PreviewText {
  private static final int WIDTH = 160;
  private static final String GAP = "  ";
  private static final String STATE = "STATE";

  private final PreviewReport report;
  private final String pipeline;
  private final List<String> leading;
  private final List<String> trailing;

  /**
   * @param pipeline name of the anchors' pipeline
   * @param outcomes label and surrogate columns
   */
  public PreviewText(PreviewReport report, String pipeline, List<String> outcomes) {
    this.report = report;
    this.pipeline = pipeline;
    leading = List.of(DatasetWriter.T0, DatasetWriter.T, DatasetWriter.ANCHOR_ID);
    trailing = outcomes;
  }

  /** Table and summary. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    if (!report.rows().isEmpty()) {
      lines.addAll(table());
    }
    lines.add(labels());
    lines.add(leakCheck());
    return lines;
  }

  private List<String> table() {
    var features = new ArrayList<>(report.rows().get(0).columns().keySet());
    features.removeAll(leading);
    features.removeAll(trailing);
    List<String> fitting = fitting(features);
    int hidden = features.size() - fitting.size();
    var shown = new ArrayList<>(leading);
    shown.addAll(fitting);
    shown.addAll(trailing);
    shown.add(STATE);
    var lines = new ArrayList<String>();
    lines.add(line(shown, column -> column));
    for (PreviewReport.TrainingRow row : report.rows()) {
      lines.add(line(shown, column -> cell(row, column)));
    }
    if (hidden > 0) {
      lines.add(hidden + " more columns: -o json");
    }
    report.rows().get(0).servedAt().keySet().stream()
        .filter(other -> !other.equals(pipeline))
        .forEach(other -> lines.add("T of " + other + " in the first row: " + servedAt(other)));
    return lines;
  }

  /** As many as fit into a line, spread over all of them. */
  private List<String> fitting(List<String> features) {
    int room = WIDTH - width(leading) - width(trailing) - width(List.of(STATE));
    for (int number = features.size(); number > 0; number--) {
      var spread = new ArrayList<String>();
      for (int i = 0; i < number; i++) {
        spread.add(features.get(i * features.size() / number));
      }
      if (width(spread) <= room) {
        return spread;
      }
    }
    return List.of();
  }

  private String servedAt(String other) {
    return report.rows().get(0).servedAt().get(other);
  }

  private String line(List<String> columns, UnaryOperator<String> cell) {
    var line = new StringBuilder();
    for (String column : columns) {
      String text = cell.apply(column);
      line.append(text).append(" ".repeat(width(List.of(column)) - text.length()));
    }
    return line.toString().stripTrailing();
  }

  private int width(List<String> columns) {
    int width = 0;
    for (String column : columns) {
      int widest = column.length();
      for (PreviewReport.TrainingRow row : report.rows()) {
        widest = Math.max(widest, cell(row, column).length());
      }
      width += widest + GAP.length();
    }
    return width;
  }

  private static String cell(PreviewReport.TrainingRow row, String column) {
    Map<String, String> columns = row.columns();
    String text = column.equals(STATE) ? row.state() : columns.get(column);
    return text == null ? "null" : text;
  }

  private String labels() {
    var states = report.states();
    return "Pending "
        + Text.count(states.pending())
        + " (left out), Mature "
        + Text.count(states.mature())
        + ", Finalised "
        + Text.count(states.finalised())
        + " · labels to "
        + (report.labelWatermark() == null ? "none yet" : report.labelWatermark())
        + (report.silentPartitions().isEmpty()
            ? ""
            : ", held up by silent partitions " + report.silentPartitions());
  }

  private String leakCheck() {
    var leak = report.leak();
    if (leak.anchors() == 0) {
      return "leak check: no final anchor with an event in its windows";
    }
    return "leak check: "
        + Text.count(leak.anchors())
        + " rows, "
        + Text.count(leak.futureChangedDiffer())
        + " differ when the future is changed, "
        + Text.count(leak.pastChangedDiffer())
        + " when the past is";
  }
}
