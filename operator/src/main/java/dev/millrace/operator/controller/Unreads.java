package dev.millrace.operator.controller;

import dev.millrace.contract.PlainText;
import dev.millrace.contract.Reason;
import dev.millrace.operator.status.Unread;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/**
 * Looks at a resource that could not be finished: the API server ended them with a refusal
 * (reliability.md §4.2), or we failed in a way that nobody had thought of.
 */
final class Unreads {
  private static final String OURS = "dev.millrace.";
  private static final int LONGEST_TEXT = 256;

  private Unreads() {}

  /** What is to be said about an exception; empty if trying again is all there is to do. */
  static Optional<Unread> of(HasMetadata resource, Exception failure) {
    if (!(failure instanceof KubernetesClientException e)) {
      return Optional.of(unread(resource, Reason.INTERNAL_ERROR, internalError(failure)));
    }
    return ApiFailures.of(e) instanceof ApiFailures.Meaning.Refused refused
        ? Optional.of(unread(resource, refused.reason(), ApiFailures.answer(e)))
        : Optional.empty();
  }

  private static Unread unread(HasMetadata resource, Reason reason, String message) {
    return new Unread(
        resource.getMetadata().getGeneration(),
        reason,
        message,
        resource.getMetadata().getDeletionTimestamp() != null);
  }

  /**
   * Class and place always; the text only of what our own code throws, for a library's may repeat
   * what must not be shown (reliability.md §3.3).
   */
  private static String internalError(Exception failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    var text = new StringBuilder("the operator failed: " + failure.getClass().getSimpleName());
    for (StackTraceElement frame : trace) {
      if (frame.getClassName().startsWith(OURS)) {
        text.append(" at ").append(frame.getFileName()).append(':').append(frame.getLineNumber());
        break;
      }
    }
    boolean ours = trace.length > 0 && trace[0].getClassName().startsWith(OURS);
    if (ours && failure.getMessage() != null) {
      text.append(" (").append(PlainText.line(failure.getMessage(), LONGEST_TEXT)).append(')');
    }
    return text.append("; it is tried again, report this with the operator's log").toString();
  }
}
