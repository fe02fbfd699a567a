package dev.millrace.contract;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How well a Boolean surrogate tells a Boolean label, over the published rows that have both.
 *
 * @param name the surrogate
 * @param rows rows with both
 * @param precision share of its positives that are label positives, as decimal text; null without
 *     positives
 * @param recall share of the label's positives that are its positives; null without positives
 * @param lift precision over the share of positives in all rows; null where that has no value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SurrogateAgreement(
    String name, long rows, String precision, String recall, String lift) {
  public SurrogateAgreement {
    RunReportLimits.require(name != null, "surrogates.name");
    name = PlainText.line(name, RunReportLimits.COLUMN);
    RunReportLimits.count(rows, "surrogates.rows");
    precision = number(precision);
    recall = number(recall);
    lift = number(lift);
  }

  private static String number(String text) {
    return text == null ? null : PlainText.line(text, RunReportLimits.NUMBER);
  }
}
