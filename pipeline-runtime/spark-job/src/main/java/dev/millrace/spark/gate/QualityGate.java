package dev.millrace.spark.gate;

import dev.millrace.contract.GateCheck;
import dev.millrace.contract.QualityRules;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * Compares a run with its baseline (semantics.md §9). All comparisons are exact and strict: a
 * figure at its limit passes.
 */
public final class QualityGate {
  /** A column with fewer baseline days is not judged. */
  public static final int FEWEST_DAYS = 3;

  private static final BigDecimal LEAST_REFERENCE = new BigDecimal("1e-9");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int PLACES = 6;
  private static final MathContext TEN_DIGITS = new MathContext(10, RoundingMode.HALF_EVEN);
  private static final int LONGEST_PLAIN = 30;

  private final QualityRules rules;
  private final List<GateFigure> figures = new ArrayList<>();

  private QualityGate(QualityRules rules) {
    this.rules = rules;
  }

  /**
   * @param asOf the run's instant; an override that ended before counts for nothing
   * @param references percentiles over the baseline's rows of the columns that have a value there
   */
  public static GateVerdict judge(
      QualityRules rules,
      Instant asOf,
      RunStatistics run,
      Baseline baseline,
      Map<String, BigDecimal> references) {
    var gate = new QualityGate(rules);
    gate.nullRates(total(run), run.rows(), baseline);
    gate.drift(run, baseline, references);
    gate.figures.sort(Comparator.comparing(GateFigure::column).thenComparing(GateFigure::check));
    boolean failed = gate.figures.stream().anyMatch(figure -> !figure.passed());
    boolean overridden = failed && gate.isOverridden(asOf);
    GateOutcome outcome;
    if (failed) {
      outcome = overridden ? GateOutcome.OVERRIDDEN : GateOutcome.REFUSED;
    } else {
      boolean judged = gate.figures.stream().anyMatch(GateFigure::wasJudged);
      outcome = judged ? GateOutcome.PASSED : GateOutcome.INSUFFICIENT_BASELINE;
    }
    return new GateVerdict(
        outcome, baseline.days(), gate.figures, overridden ? rules.overrideReason() : null);
  }

  private boolean isOverridden(Instant asOf) {
    return !rules.overrideReason().isEmpty() && asOf.toEpochMilli() <= rules.overrideUntilMillis();
  }

  private static DayStatistics total(RunStatistics run) {
    var fields = new TreeMap<String, Long>();
    var columns = new TreeMap<String, Long>();
    for (DayStatistics day : run.days().values()) {
      day.fields().forEach((name, nulls) -> fields.merge(name, nulls, Long::sum));
      day.columns().forEach((name, nulls) -> columns.merge(name, nulls, Long::sum));
    }
    return new DayStatistics(run.rows(), null, fields, columns);
  }

  private void nullRates(DayStatistics run, long rows, Baseline baseline) {
    run.fields().forEach((name, nulls) -> nullRate(name, nulls, rows, baseline.fields().get(name)));
    run.columns()
        .forEach((name, nulls) -> nullRate(name, nulls, rows, baseline.columns().get(name)));
  }

  private void nullRate(String name, long nulls, long rows, List<Baseline.Rate> days) {
    BigFraction rate = percent(nulls, rows);
    if (isInsufficient(rows, days)) {
      insufficient(name, days, null, text(decimal(rate)));
      return;
    }
    BigFraction mean =
        days.stream()
            .map(day -> percent(day.nulls(), day.rows()))
            .reduce(BigFraction.ZERO, BigFraction::add)
            .divide(days.size());
    BigFraction increase = rate.subtract(mean);
    figures.add(
        new GateFigure(
            name,
            GateCheck.NULL_RATE,
            days.size(),
            text(decimal(mean)),
            text(decimal(rate)),
            text(decimal(increase)),
            String.valueOf(rules.nullRateMaxIncreasePoints()),
            increase.compareTo(new BigFraction(rules.nullRateMaxIncreasePoints())) <= 0));
  }

  private void drift(RunStatistics run, Baseline baseline, Map<String, BigDecimal> references) {
    run.percentiles()
        .forEach(
            (name, value) -> {
              List<Baseline.Rate> days = baseline.columns().get(name);
              BigDecimal reference = references.get(name);
              if (isInsufficient(run.rows(), days)) {
                return; // its null rate says so already
              }
              if (reference == null) {
                insufficient(name, days, null, text(value));
                return;
              }
              figures.add(drift(name, days.size(), value, reference));
            });
  }

  private GateFigure drift(String name, int days, BigDecimal value, BigDecimal reference) {
    BigDecimal change = value.subtract(reference).abs().multiply(HUNDRED);
    BigDecimal size = reference.abs().max(LEAST_REFERENCE);
    BigDecimal limit = BigDecimal.valueOf(rules.driftMaxChangePercent());
    return new GateFigure(
        name,
        GateCheck.DRIFT,
        days,
        text(reference),
        text(value),
        text(change.divide(size, PLACES, RoundingMode.HALF_EVEN)),
        text(limit),
        change.compareTo(limit.multiply(size)) <= 0);
  }

  private boolean isInsufficient(long rows, List<Baseline.Rate> days) {
    return rows < rules.minRows() || days == null || days.size() < FEWEST_DAYS;
  }

  private void insufficient(String name, List<Baseline.Rate> days, String baseline, String run) {
    figures.add(
        new GateFigure(
            name,
            GateCheck.INSUFFICIENT_BASELINE,
            days == null ? 0 : days.size(),
            baseline,
            run,
            null,
            null,
            true));
  }

  private static BigFraction percent(long nulls, long rows) {
    return new BigFraction(nulls, rows).multiply(100);
  }

  private static BigDecimal decimal(BigFraction value) {
    return new BigDecimal(value.getNumerator())
        .divide(new BigDecimal(value.getDenominator()), PLACES, RoundingMode.HALF_EVEN);
  }

  private static String text(BigDecimal value) {
    BigDecimal rounded = value.round(TEN_DIGITS).stripTrailingZeros();
    String plain = rounded.toPlainString();
    return plain.length() <= LONGEST_PLAIN ? plain : rounded.toString();
  }
}
