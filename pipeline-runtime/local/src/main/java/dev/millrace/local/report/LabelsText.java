package dev.millrace.local.report;

import dev.millrace.contract.DurationText;
import dev.millrace.local.chart.Markup;
import dev.millrace.local.terminal.Sparkline;
import dev.millrace.local.terminal.Text;
import dev.millrace.spark.publish.Agreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A {@link LabelsReport} for a terminal, and the sentences that its page shares. */
final class LabelsText {
  private static final int WIDTH = 60;

  private final LabelsReport report;

  LabelsText(LabelsReport report) {
    this.report = report;
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(title() + "   " + window() + "   run " + report.asOf());
    lines.add("  " + counts());
    lines.add("  labels to " + feed());
    pending(lines);
    lines.add("  label delay   " + delays());
    if (report.delaysBeyondWindow()) {
      lines.add("  ! " + beyond());
    }
    lines.add("  serving delay " + servingDelay());
    lines.add("  consistency   " + consistency());
    report.surrogates().keySet().forEach(name -> lines.add("  surrogate     " + surrogate(name)));
    if (!report.runs().isEmpty()) {
      List<Double> rows = report.runs().stream().map(run -> (double) run.rows()).toList();
      lines.add(
          "  rows by run   "
              + Sparkline.of(rows, WIDTH)
              + "   "
              + report.runs().size()
              + " published, the last "
              + report.runs().get(report.runs().size() - 1).asOf());
      if (!report.runs().get(0).asOf().equals(report.asOf())) {
        lines.add("  visible then  " + visible(report.runs().get(0)));
      }
    }
    return lines;
  }

  String title() {
    return report.labelWindow() + " → " + report.label() + " of " + report.pipeline();
  }

  String window() {
    var window = report.window();
    return "window "
        + DurationText.text(window.attributionWindowMillis())
        + " + gap "
        + DurationText.text(window.gapMillis())
        + " + delay "
        + DurationText.text(window.labelDelayMillis());
  }

  String counts() {
    String share =
        report.finalised() == 0 || report.positives() == 0
            ? ""
            : String.format(
                Locale.ROOT, " (%.2f%% positive)", 100.0 * report.positives() / report.finalised());
    String known =
        report.pendingPositives() == 0
            ? ""
            : " (" + Text.count(report.pendingPositives()) + " known to be positive)";
    String next = report.nextMaturity() == null ? "" : " · next maturity " + report.nextMaturity();
    return "pending "
        + Text.count(report.pending())
        + known
        + " · mature "
        + Text.count(report.mature())
        + " · finalised "
        + Text.count(report.finalised())
        + share
        + (report.corrected() == 0 ? "" : " · corrected " + Text.count(report.corrected()))
        + next;
  }

  String feed() {
    String to = report.labelWatermark() == null ? "none yet" : report.labelWatermark();
    return report.silentPartitions().isEmpty()
        ? to + ", flowing"
        : to + ", held up by the silent partitions " + report.silentPartitions();
  }

  String delays() {
    var delays = report.delays();
    return delays.count() == 0
        ? "no label has matched yet"
        : "P50 "
            + Text.lasting(delays.p50Millis())
            + "  P90 "
            + Text.lasting(delays.p90Millis())
            + "  P95 "
            + Text.lasting(delays.p95Millis())
            + "  P99 "
            + Text.lasting(delays.p99Millis())
            + "   of "
            + Text.count(delays.count())
            + " label events";
  }

  /** What training assumes, and how long rows really take. */
  String servingDelay() {
    var delay = report.servingDelay();
    var text = new StringBuilder(DurationText.text(delay.declaredMillis()) + " assumed");
    delay
        .measuredP95Millis()
        .forEach(
            (pipeline, p95) ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        ", P95 of %s %.1fs%s",
                        pipeline,
                        p95 / 1e3,
                        p95 > delay.declaredMillis() ? ": training is fresher than serving" : "")));
    return text + (delay.measuredP95Millis().isEmpty() ? ", not measured yet" : "");
  }

  /** How the run's features compare with what was served. */
  String consistency() {
    var found = report.consistency();
    if (found.rows() == 0) {
      return "no row was compared with the feature log";
    }
    String text =
        Text.count(found.rows())
            + " sampled rows, "
            + Text.count(found.mismatches())
            + " differ from what was served";
    return found.mismatches() == 0 ? text : text + ": " + found.byColumn();
  }

  /** How one surrogate foretells the label. */
  String surrogate(String name) {
    Agreement agreement = report.surrogates().get(name);
    return name
        + "   precision "
        + share(agreement.precision())
        + "  recall "
        + share(agreement.recall())
        + "  lift "
        + (agreement.lift() == null ? "-" : Markup.number(Double.parseDouble(agreement.lift())))
        + "   of "
        + Text.count(agreement.rows())
        + " rows";
  }

  /** What the first run knew: how much of the positives a young training set misses. */
  private static String visible(LabelsReport.Run first) {
    return "run "
        + first.asOf()
        + " saw "
        + Text.count(first.visiblePositives())
        + " positives, "
        + visibleShare(first)
        + " of the "
        + Text.count(first.eventualPositives())
        + " known now";
  }

  static String visibleShare(LabelsReport.Run run) {
    return run.eventualPositives() == 0
        ? "-"
        : String.format(
            Locale.ROOT, "%.1f%%", 100.0 * run.visiblePositives() / run.eventualPositives());
  }

  static String share(String ratio) {
    return ratio == null ? "-" : Markup.number(100 * Double.parseDouble(ratio)) + "%";
  }

  /** Only when {@link LabelsReport#delaysBeyondWindow()}. */
  String beyond() {
    return "P99 is "
        + Text.lasting(report.delays().p99Millis())
        + ", beyond "
        + DurationText.text(report.window().coveredMillis())
        + ": more than 1% of the labels come too late and their rows say otherwise; raise"
        + " attributionWindow or labelDelay";
  }

  private void pending(List<String> lines) {
    List<LabelsReport.Day> days =
        report.days().stream().dropWhile(day -> day.pending() == 0).toList();
    if (!days.isEmpty()) {
      List<Double> counts =
          days.stream().map(day -> day.pending() == 0 ? null : (double) day.pending()).toList();
      lines.add(
          "  pending by anchor day   "
              + days.get(0).day()
              + " "
              + Sparkline.of(counts, WIDTH)
              + " "
              + days.get(days.size() - 1).day());
    }
  }
}
