package dev.millrace.local.report;

import dev.millrace.local.chart.Chart;
import dev.millrace.local.chart.FigureTable;
import dev.millrace.local.chart.Markup;
import dev.millrace.local.chart.Page;
import dev.millrace.local.chart.Series;
import dev.millrace.spark.publish.LabelDelays;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A {@link LabelsReport} as a page of its own (experience.md §7). */
final class LabelsPage {
  private static final double DAY_MILLIS = 86_400_000;

  private final LabelsReport report;
  private final LabelsText text;

  LabelsPage(LabelsReport report) {
    this.report = report;
    text = new LabelsText(report);
  }

  String html() {
    var page = new Page(text.title());
    page.text(text.window() + " · run " + report.asOf() + " · labels to " + text.feed());
    page.text(text.counts());
    page.heading("How late labels are").text(text.delays());
    if (report.delaysBeyondWindow()) {
      page.warning(text.beyond());
    }
    if (report.delays().count() > 0) {
      page.chart(delays(report.delays()));
    }
    page.heading("What is final");
    if (report.days().isEmpty()) {
      page.text("No anchor yet.");
    } else {
      page.chart(maturity());
      if (report.days().stream().anyMatch(day -> day.positives() + day.pendingPositives() > 0)) {
        page.chart(cohorts());
      }
    }
    if (!report.surrogates().isEmpty()) {
      page.heading("How well surrogates foretell the label").table(surrogates());
    }
    if (!report.runs().isEmpty()) {
      page.heading("Run by run").chart(queue()).chart(positives());
      page.table(visible());
    }
    return page.html();
  }

  private Chart delays(LabelDelays delays) {
    double limit = report.window().coveredMillis() / DAY_MILLIS;
    return new Chart(
        "Label delay: label ts − t0, against window and delay",
        "days",
        List.of("P50", "P90", "P95", "P99"),
        List.of(),
        List.of(
            new Series(
                "label delay",
                "s1",
                List.of(
                    delays.p50Millis() / DAY_MILLIS,
                    delays.p90Millis() / DAY_MILLIS,
                    delays.p95Millis() / DAY_MILLIS,
                    delays.p99Millis() / DAY_MILLIS)),
            new Series("waited for", "limit", Collections.nCopies(4, limit))));
  }

  private Chart maturity() {
    var names = new ArrayList<String>();
    var finalised = new ArrayList<Double>();
    var mature = new ArrayList<Double>();
    var pending = new ArrayList<Double>();
    for (LabelsReport.Day day : report.days()) {
      names.add(day.day());
      finalised.add((double) day.finalised());
      mature.add((double) day.mature());
      pending.add((double) day.pending());
    }
    return new Chart(
        "Anchors by UTC day of t0",
        "anchors",
        names,
        List.of(
            new Series("finalised", "s1", finalised),
            new Series("mature, refused by the gate", "s3", mature),
            new Series("pending", "s2", pending)),
        List.of());
  }

  private Chart cohorts() {
    return new Chart(
        "Positives by UTC day of t0",
        "positives",
        report.days().stream().map(LabelsReport.Day::day).toList(),
        List.of(
            new Series(
                "finalised or mature",
                "s1",
                report.days().stream().map(day -> (double) day.positives()).toList()),
            new Series(
                "known, but pending: in no training set yet",
                "s2",
                report.days().stream().map(day -> (double) day.pendingPositives()).toList())),
        List.of());
  }

  /** What a run knew, beside what is known now. */
  private FigureTable visible() {
    return new FigureTable(
        "Positives visible at each run, and their share of those known now",
        List.of("run", "visible", "known now", "share"),
        report.runs().stream()
            .map(
                run ->
                    List.of(
                        run.asOf(),
                        Markup.number(run.visiblePositives()),
                        Markup.number(run.eventualPositives()),
                        LabelsText.visibleShare(run)))
            .toList());
  }

  private FigureTable surrogates() {
    var rows = new ArrayList<List<String>>();
    report
        .surrogates()
        .forEach(
            (name, agreement) ->
                rows.add(
                    List.of(
                        name,
                        LabelsText.share(agreement.precision()),
                        LabelsText.share(agreement.recall()),
                        agreement.lift() == null ? "-" : agreement.lift(),
                        Markup.number(agreement.rows()),
                        Markup.number(agreement.unknown()))));
    return new FigureTable(
        "", List.of("surrogate", "precision", "recall", "lift", "rows", "rows without it"), rows);
  }

  private Chart queue() {
    return new Chart(
        "Rows published, and anchors left pending, by run",
        "rows",
        runs(),
        List.of(series("rows published", "s1", run -> run.rows())),
        List.of(series("left pending", "s3", run -> run.pending())));
  }

  private Chart positives() {
    return new Chart(
        "Share of positives by run",
        "percent",
        runs(),
        List.of(),
        List.of(
            series(
                "positive rows",
                "s1",
                run -> run.rows() == 0 ? 0 : 100.0 * run.positives() / run.rows())));
  }

  private List<String> runs() {
    return report.runs().stream().map(run -> run.asOf().substring(0, 10)).toList();
  }

  private Series series(String name, String style, ToDoubleFunction<LabelsReport.Run> value) {
    return new Series(
        name, style, report.runs().stream().map(run -> value.applyAsDouble(run)).toList());
  }
}
