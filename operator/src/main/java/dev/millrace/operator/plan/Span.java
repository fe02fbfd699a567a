package dev.millrace.operator.plan;

import dev.millrace.contract.DurationText;

/**
 * A duration as its user wrote it, with its length: texts echo {@code 24h} for {@code 24h}, not
 * {@code 1d}.
 *
 * @param text as written
 * @param millis its length in milliseconds
 */
record Span(String text, long millis) {
  static Span of(String text) {
    return new Span(text, DurationText.millis(text));
  }

  static Span ofMillis(long millis) {
    return new Span(DurationText.text(millis), millis);
  }

  /** Shortest text of at least that length in whole minutes, for advice. */
  static String atLeast(long millis) {
    long minute = 60_000;
    return DurationText.text(millis < minute ? millis : (millis + minute - 1) / minute * minute);
  }

  @Override
  public String toString() {
    return text;
  }
}
