package dev.millrace.local.demo;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.Definition;
import dev.millrace.contract.Entity;
import dev.millrace.contract.Feature;
import dev.millrace.local.replay.Injection;
import dev.millrace.local.stack.Replayed;
import dev.millrace.local.terminal.Text;
import dev.millrace.local.verify.Findings;
import dev.millrace.local.verify.OnlineSample;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the demo found, as checks: each line says what it is held to. */
final class DemoReport {
  private static final int COLUMNS_SHOWN = 4;

  /** Anchor id, t0, T and the label lead every training row. */
  private static final int ANCHOR_COLUMNS = 4;

  private final DemoText text;
  private final Definition definition;
  private final int onlineRows;

  /**
   * @param definition definition of the pipeline
   * @param onlineRows online rows that are to be recomputed
   */
  DemoReport(DemoText text, Definition definition, int onlineRows) {
    this.text = text;
    this.definition = definition;
    this.onlineRows = onlineRows;
  }

  void replay(Replayed.Outcome replayed, Injection injection) {
    Accounting counts = replayed.last().accounting();
    text.check(
        "replay",
        counts.in() == replayed.records(),
        Text.count(replayed.records())
            + " events"
            + injected(injection)
            + ", "
            + Text.count(counts.rowsAcknowledged())
            + " rows, watermark "
            + Text.instant(replayed.last().clockMillis())
            + " · "
            + Text.count((long) replayed.recordsPerSecond())
            + " events/s on "
            + Runtime.getRuntime().availableProcessors()
            + " cores",
        replayed.nanos());
    text.check("accounting", counts.adds(), accounting(counts));
  }

  private static String injected(Injection injection) {
    return injection.lateEvents() + injection.copies() == 0
        ? ""
        : " with "
            + Text.count(injection.copies())
            + " copies and "
            + Text.count(injection.lateEvents())
            + " held back";
  }

  private static String accounting(Accounting counts) {
    return "in "
        + Text.count(counts.in())
        + " = accepted "
        + Text.count(counts.accepted())
        + " + duplicate "
        + Text.count(counts.duplicate())
        + " + late "
        + Text.count(counts.late())
        + " + dead-lettered "
        + Text.count(counts.deadLettered())
        + " · rows fired = acknowledged, as of the last checkpoint";
  }

  void online(List<OnlineSample> samples, Findings findings) {
    List<Map<String, String>> recomputed = findings.recomputed();
    text.check(
        "online",
        samples.size() == onlineRows && recomputed.size() == onlineRows,
        samples.size() + " keys read from Redis, beside the same instants recomputed offline",
        findings.nanos("rows"));
    for (int i = 0; i < Math.min(samples.size(), recomputed.size()); i++) {
      OnlineSample sample = samples.get(i);
      boolean equal = recomputed.get(i) != null && sample.equalsRecomputed(recomputed.get(i));
      String key = sample.entity() + " " + sample.keyText() + " at " + Text.instant(sample.asOf());
      Map<String, String> online = inOrder(sample);
      if (equal) {
        text.check(
            "",
            true,
            key + "   " + DemoText.columns(online, COLUMNS_SHOWN) + "   Redis = recomputed");
      } else {
        text.check("", false, key + "   Redis      " + online);
        text.line("                " + key + "   recomputed " + recomputed.get(i));
      }
    }
  }

  /** A row's values in the order of the definition's columns. */
  private Map<String, String> inOrder(OnlineSample sample) {
    Entity entity = definition.entity(sample.entity());
    var ordered = new LinkedHashMap<String, String>();
    for (Feature feature : entity.features()) {
      for (String column : feature.windows().stream().map(feature::column).toList()) {
        ordered.put(column, sample.values().get(column));
      }
    }
    entity
        .derived()
        .forEach(derived -> ordered.put(derived.name(), sample.values().get(derived.name())));
    return ordered;
  }

  void labels(Accounting counts, Findings findings) {
    long pending = findings.extract("/labels/pending");
    long finalised = findings.extract("/labels/finalised");
    text.check(
        "labels",
        pending + finalised == counts.accepted(),
        Text.count(findings.extract("/labels/delays"))
            + " outcomes · delay P50 "
            + Text.lasting(findings.extract("/labels/delayP50Millis"))
            + ", P95 "
            + Text.lasting(findings.extract("/labels/delayP95Millis"))
            + " · pending "
            + Text.count(pending)
            + " + mature and now finalised "
            + Text.count(finalised)
            + " = accepted · "
            + String.format(
                Locale.ROOT,
                "%.1f %% positive",
                100.0 * findings.extract("/positives") / Math.max(1, finalised)));
  }

  void extract(Findings findings, Instant asOf, long sparkNanos) {
    text.check(
        "extract",
        findings.outcome().endsWith("Published")
            && findings.trainingRows() == findings.extract("/labels/mature")
            && findings.trainingRows() > 0,
        Text.count(findings.trainingRows())
            + " training rows as of "
            + asOf
            + " · Spark took "
            + Text.seconds(sparkNanos)
            + " in all",
        findings.nanos("extract"));
    text.line("     " + findings.datasetLocation());
    text.line("     manifest " + findings.manifest());
    findings
        .firstRows()
        .forEach(
            row -> text.line("     " + DemoText.trainingRow(row, ANCHOR_COLUMNS, COLUMNS_SHOWN)));
  }

  void proofs(Accounting counts, Findings findings) {
    long anchors = findings.leak("anchors");
    long future = findings.leak("futureChangedDiffer");
    long past = findings.leak("pastChangedDiffer");
    text.check(
        "leak check",
        anchors > 0 && future == 0 && past == anchors,
        "events after t0 changed: "
            + Text.count(future)
            + " of "
            + Text.count(anchors)
            + " rows differ · one event inside a window changed: "
            + Text.count(past)
            + " of "
            + Text.count(anchors)
            + " differ",
        findings.nanos("leak"));
    long rows = findings.parity("rows");
    long mismatches = findings.parity("mismatches");
    text.check(
        "parity",
        mismatches == 0 && rows >= counts.rowsAcknowledged(),
        "Flink rows = Spark rows, bit for bit: "
            + Text.count(rows - mismatches)
            + " of "
            + Text.count(rows),
        findings.nanos("parity"));
  }
}
