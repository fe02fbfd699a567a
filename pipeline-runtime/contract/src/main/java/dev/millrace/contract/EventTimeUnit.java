package dev.millrace.contract;

/** How the event time field counts; all become epoch milliseconds (semantics.md §1). */
public enum EventTimeUnit {
  SECONDS("Seconds"),
  MILLIS("Millis"),
  MICROS("Micros"),
  ISO8601("Iso8601");

  private final String text;

  EventTimeUnit(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
