package dev.millrace.contract;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a run of an extract ended, as {@code status.lastRun.outcome} names it (api.md §2). */
public enum RunOutcome {
  PUBLISHED("Published"),
  REFUSED("Refused"),
  NOTHING_MATURE("NothingMature"),
  FAILED("Failed");

  private final String text;

  RunOutcome(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }
}
