package dev.millrace.spark.report;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;

/**
 * What to say about a failure. A {@link MillraceFailure} along the causes says it itself; of
 * anything else the classes are named: the text of a library's exception may hold what nobody
 * should read in a status (reliability.md §3.3), and stands in the log.
 */
public record Failures(Reason reason, String message) {
  private static final int DEEPEST = 20;

  /**
   * @param otherwise reason of a failure that nobody foresaw
   */
  public static Failures of(Throwable failure, Reason otherwise) {
    var classes = new StringBuilder();
    Reason reason = otherwise;
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
      if (cause instanceof MillraceFailure known) {
        return new Failures(known.reason(), known.getMessage());
      }
      if (cause instanceof OutOfMemoryError) {
        reason = Reason.OUT_OF_MEMORY;
      }
      classes.append(depth == 0 ? "" : ", caused by ").append(cause.getClass().getName());
    }
    String text = classes + "; its log has the whole story";
    return new Failures(reason, "MR/" + reason.text() + ": " + text);
  }
}
