package dev.millrace.contract;

/** What the quality gate compares (semantics.md §9). */
public enum GateCheck {
  NULL_RATE("NullRate"),
  DRIFT("Drift"),
  INSUFFICIENT_BASELINE("InsufficientBaseline");

  private final String text;

  GateCheck(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
