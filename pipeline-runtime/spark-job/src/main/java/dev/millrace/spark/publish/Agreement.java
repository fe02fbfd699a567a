package dev.millrace.spark.publish;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How a Boolean surrogate and a Boolean label agree (semantics.md §8).
 *
 * @param truePositives rows where both are true
 * @param falsePositives rows where the surrogate alone is true
 * @param falseNegatives rows where the label alone is true
 * @param trueNegatives rows where both are false
 * @param unknown rows without a surrogate or a label
 * @param precision true positives over the surrogate's positives; null without any
 * @param recall true positives over the label's positives; null without any
 * @param lift precision over the label's share of positives; null where that has no value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Agreement(
    long truePositives,
    long falsePositives,
    long falseNegatives,
    long trueNegatives,
    long unknown,
    String precision,
    String recall,
    String lift) {
  private static final int PLACES = 4;

  /** Rates from counts. */
  public static Agreement of(
      long truePositives,
      long falsePositives,
      long falseNegatives,
      long trueNegatives,
      long unknown) {
    BigDecimal both = BigDecimal.valueOf(truePositives);
    BigDecimal surrogate = BigDecimal.valueOf(truePositives + falsePositives);
    BigDecimal label = BigDecimal.valueOf(truePositives + falseNegatives);
    BigDecimal rows = surrogate.add(BigDecimal.valueOf(falseNegatives + trueNegatives));
    return new Agreement(
        truePositives,
        falsePositives,
        falseNegatives,
        trueNegatives,
        unknown,
        ratio(both, surrogate),
        ratio(both, label),
        ratio(both.multiply(rows), surrogate.multiply(label)));
  }

  /** Over the rows of both. */
  public Agreement plus(Agreement other) {
    return of(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        falseNegatives + other.falseNegatives,
        trueNegatives + other.trueNegatives,
        unknown + other.unknown);
  }

  /** Rows that have both. */
  public long rows() {
    return truePositives + falsePositives + falseNegatives + trueNegatives;
  }

  private static String ratio(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0
        ? null
        : part.divide(whole, PLACES, RoundingMode.HALF_EVEN).toPlainString();
  }
}
