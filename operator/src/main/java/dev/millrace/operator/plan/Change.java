package dev.millrace.operator.plan;

/**
 * One part of a change between two plans.
 *
 * @param planClass what this part alone would be
 * @param subject what changes: {@code card.amount_sum}, {@code stream.parallelism}
 * @param text the change in words: {@code windows of card/amount changed from 5m 1h to 5m 2h}
 * @param consequence what comes of it, as of now; an approval does not depend on it, so it may name
 *     days. Empty where the text says all
 */
public record Change(PlanClass planClass, String subject, String text, String consequence) {
  /** A change that says all in its text. */
  public Change(PlanClass planClass, String subject, String text) {
    this(planClass, subject, text, "");
  }

  /** Text and consequence. */
  public String sentence() {
    return consequence.isEmpty() ? text : text + ": " + consequence;
  }
}
