package dev.millrace.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.List;
import java.util.Optional;

/**
 * What a clean-up Job says in its container's termination message, one line of JSON.
 *
 * @param codec form of this record; another one is not read
 * @param reason why it failed, else null
 * @param message {@code MR/<Reason>: text} when it failed, else null
 * @param keys online keys that the feature logs name
 * @param deletedKeys those of them that Redis still held
 * @param files files deleted
 * @param kept entries of the folder that were left because this resource did not make them: the
 *     first few
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CleanUpReport(
    int codec,
    Reason reason,
    String message,
    long keys,
    long deletedKeys,
    long files,
    List<String> kept) {
  /** The form this release reads and writes. */
  public static final int CODEC = 1;

  private static final int KEPT = 10;
  private static final int ENTRY = 100;

  private static final ObjectReader READER =
      RunReportText.MAPPER
          .readerFor(CleanUpReport.class)
          .with(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL);

  public CleanUpReport {
    RunReportLimits.require(codec == CODEC, "codec");
    RunReportLimits.count(keys, "keys");
    RunReportLimits.count(deletedKeys, "deletedKeys");
    RunReportLimits.count(files, "files");
    message = message == null ? null : PlainText.line(message, RunReportText.MESSAGE);
    kept =
        kept == null
            ? List.of()
            : kept.stream().limit(KEPT).map(entry -> PlainText.line(entry, ENTRY)).toList();
    if (reason == null && message != null) {
      reason = Reason.CLEAN_UP_FAILED; // a reason that this release does not know
    }
  }

  /** A failure: what was done before it is done again by the next attempt. */
  public static CleanUpReport failed(Reason reason, String message) {
    return new CleanUpReport(CODEC, reason, message, 0, 0, 0, List.of());
  }

  /** Reads a termination message, null for none; anything that is not this form is empty. */
  public static Optional<CleanUpReport> parse(String message) {
    if (message == null || message.length() > RunReportResult.LIMIT) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(READER.readValue(message));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // the text is a tenant's, not ours to show
    }
  }

  /** One line of JSON, which a kubelet does not cut. */
  public String json() {
    try {
      return RunReportText.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of this package always have a JSON form", e);
    }
  }
}
