package dev.millrace.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;

/**
 * What a termination message turned out to be. A pod's word is a tenant's word (reliability.md
 * §3.4): it is read strictly and within bounds, and nothing of it is shown that was not understood.
 */
public sealed interface RunReportResult {
  /** Longest message a kubelet hands on, in bytes; so no more characters than that. */
  int LIMIT = 4096;

  /** A report, every member within its bounds. */
  record Read(RunReport report) implements RunReportResult {}

  /** No message: the process was killed before it could say anything. */
  record Absent() implements RunReportResult {}

  /**
   * Something else.
   *
   * @param why in our words, without any of the message
   */
  record Unreadable(String why) implements RunReportResult {}

  /** Reads a termination message, null for none. Never throws. */
  static RunReportResult parse(String message) {
    if (message == null || message.isBlank()) {
      return new Absent();
    }
    if (message.length() > LIMIT) {
      return new Unreadable("it is longer than " + LIMIT + " characters");
    }
    try {
      RunReport report = Reader.REPORT.readValue(message);
      return report == null
          ? new Unreadable("it is no JSON object")
          : new Read(RunReportText.shortened(report));
    } catch (JsonProcessingException e) {
      // The class of what is wrong, not its text: that would quote the message.
      return new Unreadable("it is not a report of this release's form");
    }
  }

  /** Holds the reader: an interface's own fields are public. */
  final class Reader {
    private static final ObjectReader REPORT =
        RunReportText.MAPPER
            .readerFor(RunReport.class)
            .with(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL);

    private Reader() {}
  }
}
