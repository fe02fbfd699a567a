package dev.millrace.local.report;

import dev.millrace.local.chart.Chart;
import dev.millrace.local.chart.FigureTable;
import dev.millrace.local.chart.Page;
import dev.millrace.local.chart.Series;
import dev.millrace.spark.gate.GateOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A {@link DriftReport} as a page of its own (experience.md §7). */
final class DriftPage {
  private final DriftReport report;
  private final DriftText text;

  DriftPage(DriftReport report) {
    this.report = report;
    text = new DriftText(report);
  }

  String html() {
    var page = new Page("Drift of " + report.labelWindow());
    if (report.outcome() == GateOutcome.REFUSED) {
      page.warning(text.verdict());
    } else {
      page.text(text.verdict());
    }
    page.text(text.title());
    page.table(table());
    for (DriftReport.Column column : report.columns()) {
      boolean hasNulls = column.nullsByDay().values().stream().anyMatch(rate -> rate > 0);
      boolean hasValues = column.valueByRun().size() > 1;
      if (hasNulls || hasValues) {
        page.heading(column.column() + ": " + column.verdict());
      }
      if (hasNulls) {
        page.chart(nulls(column));
      }
      if (hasValues) {
        page.chart(values(column));
      }
    }
    return page.html();
  }

  private FigureTable table() {
    var rows = new ArrayList<List<String>>();
    for (DriftReport.Column column : report.columns()) {
      rows.add(
          List.of(
              column.column(),
              DriftText.percent(column.nulls()),
              DriftText.percent(column.nullsBaseline()),
              DriftText.number(column.valueBaseline()),
              DriftText.number(column.value()),
              DriftText.change(column),
              column.passed() ? column.verdict() : "✗ " + column.verdict()));
    }
    return new FigureTable(
        "",
        List.of(
            "column",
            "nulls",
            "baseline",
            text.percentile() + " baseline",
            text.percentile() + " run",
            "change",
            "verdict"),
        rows);
  }

  private Chart nulls(DriftReport.Column column) {
    var lines = new ArrayList<Series>();
    if (column.nullsBaseline() != null) {
      double limit = Double.parseDouble(column.nullsBaseline()) + report.nullRateLimitPoints();
      lines.add(
          new Series(
              "limit of the run's rate",
              "limit",
              Collections.nCopies(column.nullsByDay().size(), limit)));
    }
    return new Chart(
        "Null rate by anchor day",
        "percent",
        List.copyOf(column.nullsByDay().keySet()),
        List.of(new Series("null rate", "s1", List.copyOf(column.nullsByDay().values()))),
        lines);
  }

  private Chart values(DriftReport.Column column) {
    return new Chart(
        text.percentile() + " by run",
        "value",
        column.valueByRun().keySet().stream().map(asOf -> asOf.substring(0, 10)).toList(),
        List.of(),
        List.of(
            new Series(
                text.percentile(),
                "s1",
                column.valueByRun().values().stream().map(value -> value.doubleValue()).toList())));
  }
}
