package dev.millrace.local.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.GateCheck;
import dev.millrace.spark.gate.DayStatistics;
import dev.millrace.spark.gate.GateFigure;
import dev.millrace.spark.gate.GateOutcome;
import dev.millrace.spark.publish.Manifest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the quality gate found in one run, column by column (semantics.md §9). Its JSON is what
 * {@code millrace drift -o json} prints; text and page show nothing else. Numbers are the gate's
 * own, decimal text of at most ten digits; null rates are percents.
 *
 * @param schema name and version of this form
 * @param namespace namespace of the LabelWindow
 * @param labelWindow its name
 * @param asOf the run
 * @param outcome what the gate decided
 * @param override reason of the override that let it pass; null for none
 * @param rows rows it judged
 * @param anchorDays UTC days of their t0, oldest first
 * @param baseline days they were compared with, oldest first
 * @param percentile the percentile that is compared
 * @param nullRateLimitPoints allowed increase of a null rate, percentage points
 * @param driftLimitPercent allowed relative change of the percentile
 * @param columns every schema field and feature column, the worst first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DriftReport(
    String schema,
    String namespace,
    String labelWindow,
    String asOf,
    GateOutcome outcome,
    String override,
    long rows,
    List<String> anchorDays,
    List<String> baseline,
    int percentile,
    int nullRateLimitPoints,
    int driftLimitPercent,
    List<Column> columns) {
  static final String SCHEMA = "millrace.drift/v1";

  /** Anchor days whose null rates are shown, counted back from the run's last. */
  static final int DAYS = 14;

  /**
   * One column.
   *
   * @param column its name
   * @param nulls null rate of the run
   * @param nullsBaseline mean null rate of the baseline's days; null where it was not judged
   * @param value percentile of the run; null for columns that are not numbers
   * @param valueBaseline percentile of the baseline's rows; null where it was not judged
   * @param change relative change of the percentile, percent; null where it was not judged
   * @param verdict {@code Passed}, {@code InsufficientBaseline}, or the checks that failed
   * @param passed whether no check failed
   * @param nullsByDay null rate of the last anchor days with rows, oldest first
   * @param valueByRun percentile of this run and those published before it, oldest first
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Column(
      String column,
      String nulls,
      String nullsBaseline,
      String value,
      String valueBaseline,
      String change,
      String verdict,
      boolean passed,
      Map<String, Double> nullsByDay,
      Map<String, BigDecimal> valueByRun) {}

  /** The report of a run; null for the newest. */
  public static DriftReport of(ExtractDocument document, RunArchive archive, Instant asOf) {
    Manifest run = archive.run(asOf);
    var history = new TreeMap<>(archive.publishedUntil(RunArchive.instant(run)));
    history.put(RunArchive.instant(run), run);
    var figures = new TreeMap<String, List<GateFigure>>();
    for (GateFigure figure : run.gate().figures()) {
      figures.computeIfAbsent(figure.column(), name -> new ArrayList<>()).add(figure);
    }
    var columns = new ArrayList<Column>();
    figures.forEach((name, found) -> columns.add(column(name, found, run, history)));
    columns.sort(java.util.Comparator.comparing(Column::passed).thenComparing(Column::column));
    var rules = document.quality();
    return new DriftReport(
        SCHEMA,
        document.namespace(),
        document.labelWindow(),
        run.asOf(),
        run.gate().outcome(),
        run.gate().override(),
        run.rows(),
        List.copyOf(run.statistics().days().keySet()),
        run.gate().baseline(),
        rules.driftPercentile(),
        rules.nullRateMaxIncreasePoints(),
        rules.driftMaxChangePercent(),
        columns);
  }

  private static Column column(
      String name,
      List<GateFigure> figures,
      Manifest run,
      NavigableMap<Instant, Manifest> history) {
    GateFigure nulls = find(figures, GateCheck.NULL_RATE);
    GateFigure drift = find(figures, GateCheck.DRIFT);
    List<String> failed =
        figures.stream()
            .filter(figure -> !figure.passed())
            .map(figure -> figure.check().text())
            .toList();
    boolean judged = figures.stream().anyMatch(GateFigure::wasJudged);
    BigDecimal value = run.statistics().percentiles().get(name);
    return new Column(
        name,
        nulls == null ? figures.get(0).run() : nulls.run(),
        nulls == null ? null : nulls.baseline(),
        drift == null ? text(value) : drift.run(),
        drift == null ? null : drift.baseline(),
        drift == null ? null : drift.change(),
        failed.isEmpty()
            ? judged ? GateOutcome.PASSED.text() : GateCheck.INSUFFICIENT_BASELINE.text()
            : String.join(", ", failed),
        failed.isEmpty(),
        nullsByDay(name, history),
        valueByRun(name, history));
  }

  private static String text(BigDecimal value) {
    return value == null ? null : value.stripTrailingZeros().toPlainString();
  }

  private static GateFigure find(List<GateFigure> figures, GateCheck check) {
    return figures.stream().filter(figure -> figure.check() == check).findFirst().orElse(null);
  }

  private static Map<String, Double> nullsByDay(
      String name, NavigableMap<Instant, Manifest> history) {
    var nulls = new TreeMap<String, long[]>();
    for (Manifest manifest : history.values()) {
      manifest
          .statistics()
          .days()
          .forEach(
              (day, statistics) -> {
                Long found = nullsOf(statistics, name);
                if (found != null) {
                  long[] sum = nulls.computeIfAbsent(day, unused -> new long[2]);
                  sum[0] += found;
                  sum[1] += statistics.rows();
                }
              });
    }
    var rates = new TreeMap<String, Double>();
    for (String day : nulls.descendingKeySet()) {
      if (rates.size() < DAYS) {
        rates.put(day, 100.0 * nulls.get(day)[0] / nulls.get(day)[1]);
      }
    }
    return rates;
  }

  private static Long nullsOf(DayStatistics statistics, String name) {
    Long column = statistics.columns().get(name);
    return column == null ? statistics.fields().get(name) : column;
  }

  private static Map<String, BigDecimal> valueByRun(
      String name, NavigableMap<Instant, Manifest> history) {
    var values = new TreeMap<String, BigDecimal>();
    for (Manifest manifest : history.values()) {
      BigDecimal value = manifest.statistics().percentiles().get(name);
      if (value != null) {
        values.put(manifest.asOf(), value);
      }
    }
    return values;
  }
}
