package dev.millrace.contract;

/** Resolution of a window's tail (semantics.md §3): Hopped (the default) or Exact. */
public enum Precision {
  HOPPED("Hopped"),
  EXACT("Exact");

  private final String text;

  Precision(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
