package dev.millrace.binding;

/** Why a record is Undecodable (semantics.md §2); the header {@code reason} of a dead letter. */
public enum UndecodableReason {
  EMPTY("no value"),
  MALFORMED("not a JSON object"),
  WRONG_TYPE("a field has another type than declared"),
  OUT_OF_RANGE("a number is out of range"),
  MISSING_FIELD("a field that is not nullable is missing or null"),
  NULL_ID("the event id is missing or null"),
  NULL_EVENT_TIME("the event time is missing or null"),
  EVENT_TIME_OUT_OF_RANGE("the event time is before 1970 or after the year 9999"),
  NULL_KEYS("every entity's key is null"),
  TOO_LARGE("the record is larger than allowed");

  private final String meaning;

  UndecodableReason(String meaning) {
    this.meaning = meaning;
  }

  public String meaning() {
    return meaning;
  }
}
