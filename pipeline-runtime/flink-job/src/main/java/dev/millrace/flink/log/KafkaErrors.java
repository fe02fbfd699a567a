package dev.millrace.flink.log;

import dev.millrace.contract.KafkaConnection;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * What an error of Kafka means to us. Only the class of a client's exception goes into the text:
 * what it says may quote settings (reliability.md §3.3).
 */
public final class KafkaErrors {
  private KafkaErrors() {}

  /** Kafka does not answer, or not to us. */
  public static MillraceFailure unreachable(KafkaConnection kafka, Throwable error) {
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof AuthenticationException || each instanceof AuthorizationException) {
        return failure(kafka, " refuses the connection: ", each, "; check its certificates", error);
      }
    }
    Throwable cause = error.getCause() == null ? error : error.getCause();
    return failure(kafka, " does not answer: ", cause, "", error);
  }

  private static MillraceFailure failure(
      KafkaConnection kafka, String what, Throwable why, String advice, Throwable error) {
    String text =
        "Kafka at " + kafka.bootstrapServers() + what + why.getClass().getSimpleName() + advice;
    return new MillraceFailure(Reason.SOURCE_UNREACHABLE, text, error);
  }
}
