package dev.millrace.contract;

import com.fasterxml.jackson.annotation.JsonValue;

/** What the quality gate compares (semantics.md §9). */
public enum GateCheck {
  NULL_RATE("NullRate"),
  DRIFT("Drift"),
  INSUFFICIENT_BASELINE("InsufficientBaseline");

  private final String text;

  GateCheck(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }
}
