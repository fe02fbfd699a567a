package dev.millrace.local.report;

import dev.millrace.local.chart.Markup;
import dev.millrace.local.terminal.Sparkline;
import dev.millrace.local.terminal.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A {@link DriftReport} for a terminal, and the words that its page shares. */
final class DriftText {
  private static final String ABSENT = "-";

  private final DriftReport report;

  DriftText(DriftReport report) {
    this.report = report;
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(title());
    int width =
        report.columns().stream().mapToInt(column -> column.column().length()).max().orElse(6);
    String form = "%-" + Math.max(6, width) + "s  %8s  %8s  %12s  %12s  %9s  %-14s  %s";
    lines.add(
        String.format(
            Locale.ROOT,
            form,
            "COLUMN",
            "NULLS",
            "BASELINE",
            percentile() + " BASE",
            percentile() + " RUN",
            "CHANGE",
            "NULLS, 14 DAYS",
            "VERDICT"));
    for (DriftReport.Column column : report.columns()) {
      lines.add(
          String.format(
              Locale.ROOT,
              form,
              column.column(),
              percent(column.nulls()),
              percent(column.nullsBaseline()),
              number(column.valueBaseline()),
              number(column.value()),
              change(column),
              Sparkline.of(List.copyOf(column.nullsByDay().values()), DriftReport.DAYS),
              column.verdict()));
    }
    lines.add(verdict());
    return lines;
  }

  String title() {
    return report.labelWindow()
        + "   run "
        + report.asOf()
        + " · "
        + Text.count(report.rows())
        + " rows · anchor days "
        + span(report.anchorDays())
        + " · baseline "
        + span(report.baseline());
  }

  String percentile() {
    return "P" + report.percentile();
  }

  String verdict() {
    long failed = report.columns().stream().filter(column -> !column.passed()).count();
    String beyond = failed + (failed == 1 ? " column" : " columns") + " beyond a limit";
    return switch (report.outcome()) {
      case PASSED -> "Passed: " + limits();
      case INSUFFICIENT_BASELINE ->
          "InsufficientBaseline: too few days or rows to judge; published all the same";
      case OVERRIDDEN -> "Overridden: " + beyond + ", published because: " + report.override();
      case REFUSED -> "Refused: " + beyond + "; nothing was published";
    };
  }

  String limits() {
    return "no null rate up by more than "
        + report.nullRateLimitPoints()
        + " points, no "
        + percentile()
        + " away by more than "
        + report.driftLimitPercent()
        + "%";
  }

  static String percent(String decimal) {
    return decimal == null ? ABSENT : Markup.number(Double.parseDouble(decimal)) + "%";
  }

  static String number(String decimal) {
    return decimal == null ? ABSENT : Markup.number(Double.parseDouble(decimal));
  }

  /** Signed; the gate itself knows only its size. */
  static String change(DriftReport.Column column) {
    if (column.change() == null) {
      return ABSENT;
    }
    boolean lower =
        new BigDecimal(column.value()).compareTo(new BigDecimal(column.valueBaseline())) < 0;
    double size = Double.parseDouble(column.change());
    if (size == 0) {
      return "0%";
    }
    return (lower ? "-" : "+") + (size < 1e6 ? String.format(Locale.ROOT, "%.1f%%", size) : "∞");
  }

  private static String span(List<String> days) {
    return switch (days.size()) {
      case 0 -> "none";
      case 1 -> days.get(0);
      default ->
          days.get(0) + " … " + days.get(days.size() - 1) + " (" + days.size() + " with rows)";
    };
  }
}
