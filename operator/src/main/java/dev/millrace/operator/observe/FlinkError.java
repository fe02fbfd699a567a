package dev.millrace.operator.observe;

import dev.millrace.contract.KnownFailure;
import java.util.Optional;

/**
 * {@code status.error} of a FlinkDeployment, JSON or plain text.
 *
 * @param type simple class name of the exception; empty for plain text
 * @param message what it says, one line, cut
 * @param causes simple class name and message of the causes, one line, cut; empty for none
 * @param known the reason the job itself gave
 */
public record FlinkError(String type, String message, String causes, Optional<KnownFailure> known) {
  /** Reads the text; a JSON that is not the operator's is plain text. */
  public static FlinkError parse(String text) {
    return FlinkViewReader.error(text);
  }
}
