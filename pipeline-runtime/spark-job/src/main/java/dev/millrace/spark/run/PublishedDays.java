package dev.millrace.spark.run;

import dev.millrace.spark.gate.Baseline;
import dev.millrace.spark.gate.Baseline.Rate;
import dev.millrace.spark.gate.DayStatistics;
import dev.millrace.spark.gate.RunStatistics;
import dev.millrace.spark.publish.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds a run's {@link Baseline} in the manifests of the runs before it. */
final class PublishedDays {
  private PublishedDays() {}

  /**
   * @param published manifests of published runs
   * @param run the run to compare
   * @param most number of days at most
   */
  static Baseline baseline(List<Manifest> published, RunStatistics run, int most) {
    var all = new TreeSet<String>();
    published.forEach(manifest -> all.addAll(manifest.statistics().days().keySet()));
    var before = new ArrayList<>(all.headSet(run.firstDay()));
    List<String> days = before.subList(Math.max(0, before.size() - most), before.size());
    var fields = new TreeMap<String, Map<String, Rate>>();
    var columns = new TreeMap<String, Map<String, Rate>>();
    for (Manifest manifest : published) {
      for (String day : days) {
        DayStatistics statistics = manifest.statistics().days().get(day);
        if (statistics != null) {
          add(fields, day, statistics.rows(), statistics.fields());
          add(columns, day, statistics.rows(), sameType(manifest, run, statistics.columns()));
        }
      }
    }
    return new Baseline(days, lists(fields), lists(columns));
  }

  /** Whether a published run wrote a column as this run does; another type is another column. */
  static boolean isSameType(Manifest manifest, RunStatistics run, String column) {
    String type = run.types().get(column);
    return type != null && type.equals(manifest.statistics().types().get(column));
  }

  private static Map<String, Long> sameType(
      Manifest manifest, RunStatistics run, Map<String, Long> columns) {
    var same = new TreeMap<>(columns);
    same.keySet().removeIf(column -> !isSameType(manifest, run, column));
    return same;
  }

  private static void add(
      Map<String, Map<String, Rate>> rates, String day, long rows, Map<String, Long> nulls) {
    nulls.forEach(
        (name, count) ->
            rates
                .computeIfAbsent(name, unused -> new TreeMap<>())
                .merge(day, new Rate(count, rows), Rate::plus));
  }

  private static Map<String, List<Rate>> lists(Map<String, Map<String, Rate>> rates) {
    var lists = new TreeMap<String, List<Rate>>();
    rates.forEach((name, byDay) -> lists.put(name, List.copyOf(byDay.values())));
    return lists;
  }
}
