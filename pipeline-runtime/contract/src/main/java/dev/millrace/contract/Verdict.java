package dev.millrace.contract;

/** What became of a record; every record gets exactly one (semantics.md §2). */
public enum Verdict {
  UNDECODABLE("Undecodable"),
  FROM_FUTURE("FromFuture"),
  LATE("Late"),
  DUPLICATE("Duplicate"),
  ACCEPTED("Accepted");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
