package dev.millrace.spark.gate;

import com.fasterxml.jackson.annotation.JsonValue;

/** What the gate decides about a run (semantics.md §9). */
public enum GateOutcome {
  /** Every figure that could be judged is within its limit. */
  PASSED("Passed"),
  /** Nothing could be judged; allowed and recorded. */
  INSUFFICIENT_BASELINE("InsufficientBaseline"),
  /** Beyond a limit, and published because of a valid override. */
  OVERRIDDEN("Overridden"),
  /** Beyond a limit; nothing is published. */
  REFUSED("Refused");

  private final String text;

  GateOutcome(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }
}
