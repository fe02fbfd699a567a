package dev.millrace.local.report;

import dev.millrace.local.report.LabelsReport.Day;
import dev.millrace.local.report.LabelsReport.Run;
import dev.millrace.spark.publish.Manifest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A LabelWindow's anchors by day and its runs, added up from manifests. */
final class LabelHistory {
  private static final int DAY_LENGTH = "2026-01-01".length();

  private LabelHistory() {}

  /** Every day from the first to the last, days without anchors too. */
  static List<Day> days(Manifest run, NavigableMap<Instant, Manifest> published) {
    var finalised = new TreeMap<String, Long>();
    var positives = new TreeMap<String, Long>();
    for (Manifest manifest : published.values()) {
      manifest
          .statistics()
          .days()
          .forEach((day, statistics) -> finalised.merge(day, statistics.rows(), Long::sum));
      addPositives(manifest, positives);
    }
    var mature = new TreeMap<String, Long>();
    if (!published.containsKey(RunArchive.instant(run))) {
      run.statistics().days().forEach((day, statistics) -> mature.put(day, statistics.rows()));
      addPositives(run, positives);
    }
    var all = new TreeMap<>(finalised);
    all.putAll(mature);
    all.putAll(run.states().pendingByDay());
    var days = new ArrayList<Day>();
    if (!all.isEmpty()) {
      LocalDate last = LocalDate.parse(all.lastKey());
      for (LocalDate day = LocalDate.parse(all.firstKey()); !day.isAfter(last); ) {
        String name = day.toString();
        days.add(
            new Day(
                name,
                finalised.getOrDefault(name, 0L),
                mature.getOrDefault(name, 0L),
                run.states().pendingByDay().getOrDefault(name, 0L),
                positives.getOrDefault(name, 0L),
                run.states().pendingPositivesByDay().getOrDefault(name, 0L)));
        day = day.plusDays(1);
      }
    }
    return days;
  }

  /**
   * The published runs, with what each saw of the positives that are known now. Both are counted
   * over whole days: the anchors of a run's own day are only there in part.
   */
  static List<Run> runs(NavigableMap<Instant, Manifest> published, List<Day> days) {
    var runs = new ArrayList<Run>();
    var finalised = new TreeMap<String, Long>();
    for (Manifest manifest : published.values()) {
      addPositives(manifest, finalised);
      String day = manifest.asOf().substring(0, DAY_LENGTH);
      var visible = new TreeMap<>(finalised);
      manifest
          .states()
          .pendingPositivesByDay()
          .forEach((name, positives) -> visible.merge(name, positives, Long::sum));
      long eventual =
          days.stream()
              .filter(each -> each.day().compareTo(day) < 0)
              .mapToLong(each -> each.positives() + each.pendingPositives())
              .sum();
      runs.add(
          new Run(
              manifest.asOf(),
              manifest.rows(),
              manifest.positives(),
              manifest.states().pending(),
              manifest.states().finalised(),
              visible.headMap(day).values().stream().mapToLong(Long::longValue).sum(),
              eventual));
    }
    return runs;
  }

  private static void addPositives(Manifest manifest, Map<String, Long> into) {
    manifest
        .statistics()
        .days()
        .forEach(
            (day, statistics) -> {
              if (statistics.positives() != null) {
                into.merge(day, statistics.positives(), Long::sum);
              }
            });
  }
}
