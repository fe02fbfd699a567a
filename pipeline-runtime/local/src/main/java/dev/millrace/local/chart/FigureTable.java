package dev.millrace.local.chart;

import java.util.List;

/**
 * A table; below charts it is folded away until somebody opens it.
 *
 * @param summary what opens it; empty for a table that is always open
 * @param header names of the columns
 * @param rows cells
 */
public record FigureTable(String summary, List<String> header, List<List<String>> rows) {

  /** The element. */
  public String html() {
    var html = new StringBuilder();
    append(html);
    return html.toString();
  }

  void append(StringBuilder html) {
    if (!summary.isEmpty()) {
      html.append("<details><summary>").append(Markup.escape(summary)).append("</summary>");
    }
    html.append("<table><thead>");
    row(html, "th", header);
    html.append("</thead><tbody>\n");
    rows.forEach(row -> row(html, "td", row));
    html.append("</tbody></table>");
    html.append(summary.isEmpty() ? "\n" : "</details>\n");
  }

  private static void row(StringBuilder html, String cell, List<String> texts) {
    html.append("<tr>");
    for (String text : texts) {
      html.append('<').append(cell).append('>').append(Markup.escape(text));
      html.append("</").append(cell).append('>');
    }
    html.append("</tr>\n");
  }
}
