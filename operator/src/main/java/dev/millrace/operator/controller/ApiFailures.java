package dev.millrace.operator.controller;

import dev.millrace.contract.Reason;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/**
 * What an answer of the API server means (reliability.md §4.2): whether trying again soon helps,
 * and what a user reads about it. Texts of the server are cut, they may repeat what was sent.
 */
final class ApiFailures {
  private static final int LONGEST_MESSAGE = 256;
  private static final int UNPROCESSABLE = 422;

  /** What an administrator does about a refusal by access rules. */
  static final String GRANT = "; grant the operator this right";

  private ApiFailures() {}

  /** How a failed write goes on. */
  sealed interface Meaning {
    /** The outcome is unknown or the server is busy: try again, with back-off. */
    record Transient(String message) implements Meaning {}

    /** The server has decided; it will say the same until something else changes. */
    record Refused(Reason reason, String message) implements Meaning {}

    /** The namespace is going: nothing is created in it any more. */
    record Terminating() implements Meaning {}
  }

  static Meaning of(KubernetesClientException failure) {
    String message = message(failure);
    return switch (failure.getCode()) {
      case HttpURLConnection.HTTP_FORBIDDEN -> forbidden(message);
      case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
          new Meaning.Refused(Reason.CHILD_REJECTED, message);
      default -> new Meaning.Transient(message);
    };
  }

  private static Meaning forbidden(String message) {
    if (message.contains("is being terminated")) {
      return new Meaning.Terminating();
    }
    boolean byAccessRules = message.contains(" cannot ") && message.contains(" resource ");
    return byAccessRules
        ? new Meaning.Refused(Reason.FORBIDDEN, message)
        : new Meaning.Refused(Reason.CHILD_REJECTED, message);
  }

  /** The server's words and what to do about them, for a step that waits for another answer. */
  static String answer(KubernetesClientException failure) {
    boolean right =
        of(failure) instanceof Meaning.Refused refused && refused.reason() == Reason.FORBIDDEN;
    return "the API server answered: " + message(failure) + (right ? GRANT : "");
  }

  /** The server's words, or the client's if it said none, on one line and cut. */
  static String message(KubernetesClientException failure) {
    boolean answered = failure.getStatus() != null && failure.getStatus().getMessage() != null;
    String text =
        answered ? failure.getStatus().getMessage() : String.valueOf(failure.getMessage());
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE - 1) + "…";
  }
}
