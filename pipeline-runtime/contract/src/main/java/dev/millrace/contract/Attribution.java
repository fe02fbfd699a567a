package dev.millrace.contract;

/** Which anchor an outcome belongs to when several match (semantics.md §8). */
public enum Attribution {
  LAST_TOUCH("LastTouch"),
  FIRST_TOUCH("FirstTouch"),
  ALL_TOUCH("AllTouch");

  private final String text;

  Attribution(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
