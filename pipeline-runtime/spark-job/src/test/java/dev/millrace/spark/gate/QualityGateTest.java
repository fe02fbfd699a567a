package dev.millrace.spark.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.GateCheck;
import dev.millrace.contract.QualityRules;
import dev.millrace.spark.gate.Baseline.Rate;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts on figures around their limits (semantics.md §9). */
class QualityGateTest {
  private static final Instant AS_OF = Instant.parse("2026-05-09T02:15:00Z");
  private static final QualityRules RULES = new QualityRules(7, 5, 90, 20, 1000, "", 0);
  private static final List<String> WEEK =
      List.of(
          "2026-05-01",
          "2026-05-02",
          "2026-05-03",
          "2026-05-04",
          "2026-05-05",
          "2026-05-06",
          "2026-05-07");

  private static RunStatistics run(long rows, long nulls, String percentile) {
    return new RunStatistics(
        Map.of(
            "2026-05-08",
            new DayStatistics(rows, null, Map.of("amount", nulls), Map.of("c", nulls))),
        Map.of("c", "double"),
        percentile == null ? Map.of() : Map.of("c", new BigDecimal(percentile)));
  }

  private static Baseline baseline(List<Rate> days) {
    return new Baseline(
        WEEK.subList(WEEK.size() - days.size(), WEEK.size()),
        Map.of("amount", days),
        Map.of("c", days));
  }

  private static GateVerdict judge(QualityRules rules, RunStatistics run, List<Rate> days) {
    return QualityGate.judge(rules, AS_OF, run, baseline(days), Map.of("c", new BigDecimal("100")));
  }

  private static List<GateCheck> failed(GateVerdict verdict, String column) {
    return verdict.failed().stream()
        .filter(figure -> figure.column().equals(column))
        .map(GateFigure::check)
        .toList();
  }

  /** 20 seeded baselines, each with a run just below, at and just above 5 points more nulls. */
  @Test
  void nullRatesAtTheirLimitPassAndBeyondItFail() {
    long seed = Long.getLong("seed", 20261201);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      // The mean is a whole per mille, each day's rate is not.
      int mean = random.nextInt(700);
      var days = new ArrayList<Rate>(Collections.nCopies(3, new Rate(mean * 7L, 7000)));
      int apart = random.nextInt(mean + 1);
      days.set(0, new Rate(mean - apart, 1000));
      days.set(2, new Rate((mean + apart) * 3L, 3000));
      for (int perMille : new int[] {49, 50, 51}) {
        long rows = 1000L * (1 + random.nextInt(50));
        long nulls = rows / 1000 * (mean + perMille);
        GateVerdict verdict = judge(RULES, run(rows, nulls, "100"), days);
        boolean beyond = perMille > 50;
        assertThat(verdict.outcome())
            .as("mean %d + %d per mille of %d rows", mean, perMille, rows)
            .isEqualTo(beyond ? GateOutcome.REFUSED : GateOutcome.PASSED);
        List<GateCheck> expected = beyond ? List.of(GateCheck.NULL_RATE) : List.of();
        assertThat(failed(verdict, "amount")).isEqualTo(expected);
        assertThat(failed(verdict, "c")).isEqualTo(expected);
      }
    }
  }

  /** One null more than allowed among a billion rows. */
  @Test
  void aComparisonIsExactWhereDoublesAreNot() {
    long rows = 1_000_000_007;
    List<Rate> thirds = List.of(new Rate(1, 3), new Rate(1, 3), new Rate(1, 3));
    long allowed = Math.floorDiv(rows * 23, 60L); // 1/3 + 1/20 = 23/60
    assertThat(judge(RULES, run(rows, allowed, null), thirds).permits()).isTrue();
    assertThat(judge(RULES, run(rows, allowed + 1, null), thirds).permits()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "100, 119.9, true",
    "100, 120, true",
    "100, 120.1, false",
    "100, 80.1, true",
    "100, 80, true",
    "100, 79.9, false",
    "-100, -119.9, true",
    "-100, -120, true",
    "-100, -120.1, false",
    "-100, -80, true",
    "-100, -79.9, false",
    "-100, 100, false",
    "0.1, 0.1199, true",
    "0.1, 0.12, true",
    "0.1, 0.1201, false",
    "3.3, 3.9567, true",
    "3.3, 3.96, true",
    "3.3, 3.9633, false",
    "123456789.01, 148148146.812, true",
    "123456789.01, 148148146.813, false",
    "1e-9, 1.199e-9, true",
    "1e-9, 1.2e-9, true",
    "1e-9, 1.201e-9, false",
    "0, 0.2e-9, true",
    "0, 0.2001e-9, false",
    "0, -0.2001e-9, false",
    "0, 1, false",
    "5e-10, 6.9e-10, true",
    "5e-10, 7.01e-10, false"
  })
  void driftAtItsLimitPassesAndBeyondItFails(String reference, String value, boolean passes) {
    List<Rate> days = Collections.nCopies(7, new Rate(0, 1000));
    GateVerdict verdict =
        QualityGate.judge(
            RULES,
            AS_OF,
            run(1000, 0, value),
            baseline(days),
            Map.of("c", new BigDecimal(reference)));
    assertThat(failed(verdict, "c")).isEqualTo(passes ? List.of() : List.of(GateCheck.DRIFT));
    assertThat(verdict.permits()).isEqualTo(passes);
  }

  @Test
  void fewerThanThreeDaysJudgeNothing() {
    GateVerdict verdict =
        judge(RULES, run(1000, 1000, "900"), Collections.nCopies(2, new Rate(0, 1000)));
    assertThat(verdict.outcome()).isEqualTo(GateOutcome.INSUFFICIENT_BASELINE);
    assertThat(verdict.judged()).isZero();
    assertThat(verdict.figures())
        .hasSize(2)
        .allMatch(figure -> figure.check() == GateCheck.INSUFFICIENT_BASELINE)
        .allMatch(figure -> figure.baselineDays() == 2);
    assertThat(judge(RULES, run(1000, 1000, "900"), Collections.nCopies(3, new Rate(0, 1000))))
        .extracting(GateVerdict::outcome)
        .isEqualTo(GateOutcome.REFUSED);
  }

  @Test
  void fewRowsJudgeNothing() {
    List<Rate> days = Collections.nCopies(7, new Rate(0, 1000));
    assertThat(judge(RULES, run(999, 999, "900"), days).outcome())
        .isEqualTo(GateOutcome.INSUFFICIENT_BASELINE);
    assertThat(judge(RULES, run(1000, 1000, "900"), days).outcome()).isEqualTo(GateOutcome.REFUSED);
  }

  /** A column that nobody published before does not keep the others from being judged. */
  @Test
  void aNewColumnIsRecordedAndTheOthersAreJudged() {
    var run =
        new RunStatistics(
            Map.of(
                "2026-05-08",
                new DayStatistics(1000, null, Map.of(), Map.of("c", 0L, "new", 900L))),
            Map.of("c", "double", "new", "double"),
            Map.of("c", new BigDecimal("100"), "new", BigDecimal.ONE));
    GateVerdict verdict = judge(RULES, run, Collections.nCopies(7, new Rate(0, 1000)));
    assertThat(verdict.outcome()).isEqualTo(GateOutcome.PASSED);
    assertThat(verdict.judged()).isEqualTo(2);
    assertThat(verdict.figures())
        .filteredOn(figure -> figure.column().equals("new"))
        .singleElement()
        .satisfies(
            figure -> {
              assertThat(figure.check()).isEqualTo(GateCheck.INSUFFICIENT_BASELINE);
              assertThat(figure.run()).isEqualTo("90");
            });
  }

  @Test
  void anOverrideCountsToItsLastInstantAndNotAfter() {
    List<Rate> days = Collections.nCopies(7, new Rate(0, 1000));
    long until = AS_OF.toEpochMilli();
    var valid = new QualityRules(7, 5, 90, 20, 1000, "a new shop opened", until);
    var expired = new QualityRules(7, 5, 90, 20, 1000, "a new shop opened", until - 1);

    GateVerdict overridden = judge(valid, run(1000, 100, "100"), days);
    assertThat(overridden.outcome()).isEqualTo(GateOutcome.OVERRIDDEN);
    assertThat(overridden.permits()).isTrue();
    assertThat(overridden.override()).isEqualTo("a new shop opened");
    assertThat(overridden.failed()).isNotEmpty();
    assertThat(judge(expired, run(1000, 100, "100"), days).outcome())
        .isEqualTo(GateOutcome.REFUSED);
    // One that is not needed is not used.
    assertThat(judge(valid, run(1000, 0, "100"), days).override()).isNull();
  }
}
