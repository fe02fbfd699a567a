package dev.millrace.spark;

import static dev.millrace.spark.fixture.ShopDefinition.DAY;
import static dev.millrace.spark.fixture.ShopDefinition.MINUTE;
import static dev.millrace.spark.fixture.ShopEvents.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.GateCheck;
import dev.millrace.contract.QualityRules;
import dev.millrace.contract.Reason;
import dev.millrace.contract.RunOutcome;
import dev.millrace.contract.RunReportResult;
import dev.millrace.contract.RunReportText;
import dev.millrace.spark.fixture.ArchivedEvent;
import dev.millrace.spark.fixture.ShopEvents;
import dev.millrace.spark.fixture.ShopWorld;
import dev.millrace.spark.gate.GateFigure;
import dev.millrace.spark.gate.GateOutcome;
import dev.millrace.spark.report.Reports;
import dev.millrace.spark.run.Extract;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate between staging and publication (semantics.md §9), on real rows. */
class GateIT {
  private static final int A_DAY = 50;
  private static final long WEEK = 7 * DAY;

  /** Label watermarks at which the first, the first two and the first three weeks are final. */
  private static final long FIRST = START + WEEK + 8 * DAY;

  private static final long SECOND = FIRST + WEEK;
  private static final long THIRD = SECOND + WEEK;

  @TempDir Path folder;
  private ShopWorld world;

  @BeforeEach
  void aWeekIsPublished() throws Exception {
    world = new ShopWorld(folder, 1);
    world.quality(rules("", 0));
    sales(0, 1, 0);
    Extract.Outcome first = run(FIRST);
    assertThat(first.manifest().gate().outcome()).isEqualTo(GateOutcome.INSUFFICIENT_BASELINE);
    assertThat(world.rows()).hasSize(7 * A_DAY);
  }

  private static QualityRules rules(String override, long until) {
    return new QualityRules(7, 5, 90, 20, 100, override, until);
  }

  /**
   * A week in which every customer buys once a day.
   *
   * @param weights what the usual weights are multiplied by
   * @param withoutAmount number of sales a day whose amount is missing
   */
  private void sales(int week, double weights, int withoutAmount) throws Exception {
    var events = new ArrayList<ArchivedEvent>();
    for (int day = 7 * week; day < 7 * week + 7; day++) {
      for (int i = 0; i < A_DAY; i++) {
        long ts = START + day * DAY + i * MINUTE;
        String amount = i < withoutAmount ? null : "2.50";
        double weight = (1 + i / 10.0) * weights;
        events.add(ShopEvents.event(day * A_DAY + i, (long) i, "pen", amount, weight, true, ts));
      }
    }
    world.archive(events, START + 7 * week * DAY + WEEK);
  }

  private Extract.Outcome run(long asOf) throws Exception {
    world.labels().append(List.of(world.label(0, -1, true, asOf - 1)));
    return world.run(asOf);
  }

  private Map<String, String> visible() throws Exception {
    var files = new TreeMap<>(world.digests());
    files.keySet().removeIf(file -> file.startsWith("runs/") || file.startsWith("labels/"));
    return files;
  }

  private String run() {
    return Instant.ofEpochMilli(SECOND).toString().replace(":", "");
  }

  @Test
  void aWeekLikeTheOneBeforeIsPublished() throws Exception {
    sales(1, 1, 0);

    var outcome = run(SECOND);

    var gate = outcome.manifest().gate();
    assertThat(gate.outcome()).isEqualTo(GateOutcome.PASSED);
    assertThat(gate.baseline())
        .containsExactly(
            "2023-11-14",
            "2023-11-15",
            "2023-11-16",
            "2023-11-17",
            "2023-11-18",
            "2023-11-19",
            "2023-11-20");
    assertThat(world.rows()).hasSize(14 * A_DAY);
    var report = Reports.of(outcome, "file:/x", 1);
    assertThat(report.outcome()).isEqualTo(RunOutcome.PUBLISHED);
    assertThat(report.gate().failed()).isZero();
    assertThat(report.gate().checked()).isEqualTo(gate.judged()).isPositive();
  }

  @Test
  void percentilesAreThoseOfTheRows() throws Exception {
    var statistics = run(FIRST).manifest().statistics();
    List<Row> rows = world.rows();
    assertThat(statistics.percentiles()).hasSizeGreaterThan(5);
    statistics
        .percentiles()
        .forEach(
            (column, percentile) -> {
              List<BigDecimal> values =
                  rows.stream()
                      .map(row -> row.<Object>getAs(column))
                      .filter(Objects::nonNull)
                      .map(value -> new BigDecimal(value.toString()))
                      .sorted()
                      .toList();
              int rank = (values.size() * 9 + 9) / 10;
              assertThat(percentile).as(column).isEqualByComparingTo(values.get(rank - 1));
            });
    var days = statistics.days();
    assertThat(days).hasSize(7);
    for (String column : statistics.types().keySet()) {
      long nulls = rows.stream().filter(row -> row.getAs(column) == null).count();
      assertThat(days.values().stream().mapToLong(day -> day.columns().get(column)).sum())
          .as(column)
          .isEqualTo(nulls);
    }
  }

  @Test
  void aWeekThatDriftsIsRefusedAndNothingIsPublished() throws Exception {
    sales(1, 2, 0);
    var before = visible();

    var outcome = run(SECOND);

    assertThat(outcome.manifest().gate().outcome()).isEqualTo(GateOutcome.REFUSED);
    assertThat(outcome.manifest().gate().failed())
        .extracting(GateFigure::column)
        .containsExactlyInAnyOrder("customer__weight_mean_1d", "item__weight_max_1h");
    assertThat(visible()).isEqualTo(before);
    assertThat(world.trainingSet().resolve("runs/" + run() + "/refused.json")).exists();
    assertThat(world.trainingSet().resolve("runs/" + run() + "/staging")).isDirectory();
    var report = Reports.of(outcome, "file:/x", 1);
    assertThat(report.outcome()).isEqualTo(RunOutcome.REFUSED);
    assertThat(report.reason()).isEqualTo(Reason.GATE_REFUSED);
    assertThat(report.rows()).isZero();
    assertThat(report.publishedRuns()).isEqualTo(1);
    assertThat(report.labels().mature()).isEqualTo(7 * A_DAY);
    assertThat(report.labels().finalised()).isEqualTo(7 * A_DAY);
    assertThat(report.manifest()).isEqualTo("file:/x/runs/" + run() + "/refused.json");
    assertThat(report.gate().worst().get(0).check()).isEqualTo(GateCheck.DRIFT);
    assertThat(report.message())
        .isEqualTo(
            "MR/GateRefused: column customer__weight_mean_1d: Drift from 5.4 to 10.8, a change of"
                + " 100 where 20 is allowed; 2 of 26 figures are beyond their limit, nothing was"
                + " published");
    assertThat(RunReportResult.parse(RunReportText.of(report)))
        .isEqualTo(new RunReportResult.Read(report));
  }

  @Test
  void aFieldThatIsMissingMoreOftenIsRefusedEvenIfNoFeatureShowsIt() throws Exception {
    sales(1, 1, 3);

    var outcome = run(SECOND);

    assertThat(outcome.manifest().gate().failed())
        .contains(new GateFigure("amount", GateCheck.NULL_RATE, 7, "0", "6", "6", "5", false));
  }

  @Test
  void anOverrideLetsTheSameRunPass() throws Exception {
    sales(1, 2, 0);
    run(SECOND);
    world.quality(rules("new scales since Monday", SECOND));

    var outcome = world.run(SECOND);

    assertThat(outcome.manifest().gate().outcome()).isEqualTo(GateOutcome.OVERRIDDEN);
    assertThat(outcome.manifest().gate().override()).isEqualTo("new scales since Monday");
    assertThat(world.rows()).hasSize(14 * A_DAY);
    assertThat(world.trainingSet().resolve("runs/" + run() + "/staging")).doesNotExist();
    assertThat(Reports.of(outcome, "file:/x", 1).gate().failed()).isEqualTo(2);
  }

  @Test
  void aLaterRunTakesUpWhatWasRefused() throws Exception {
    sales(1, 2, 0);
    run(SECOND);
    sales(2, 1, 0);

    var outcome = run(THIRD);

    // Two weeks at once: the heavy one is half of it, so it is still beyond the limit.
    assertThat(outcome.manifest().gate().outcome()).isEqualTo(GateOutcome.REFUSED);
    world.quality(rules("new scales", THIRD));
    assertThat(world.run(THIRD).manifest().rows()).isEqualTo(14 * A_DAY);
    assertThat(world.rows()).hasSize(21 * A_DAY);
    assertThat(world.rows()).extracting(row -> row.getAs("anchor_id")).doesNotHaveDuplicates();
    assertThat(Files.exists(world.trainingSet().resolve("runs/" + run() + "/staging"))).isFalse();
  }
}
