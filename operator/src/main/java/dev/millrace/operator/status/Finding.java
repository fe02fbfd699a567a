package dev.millrace.operator.status;

import dev.millrace.contract.Reason;
import dev.millrace.operator.observe.ChildHealth;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was found out for one condition.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason why
 * @param message object, cause, next step
 * @param weight what it means for the resource
 */
record Finding(String status, Reason reason, String message, Weight weight) {
  static final String TRUE = "True";
  static final String FALSE = "False";
  static final String UNKNOWN = "Unknown";

  private static final Map<String, Reason> REASONS =
      Arrays.stream(Reason.values()).collect(Collectors.toMap(Reason::text, Function.identity()));

  static Finding holds(Reason reason, String message) {
    return new Finding(TRUE, reason, message, Weight.NOTED);
  }

  static Finding fails(Reason reason, String message, Weight weight) {
    return new Finding(FALSE, reason, message, weight);
  }

  static Finding unknown(Reason reason, String message, Weight weight) {
    return new Finding(UNKNOWN, reason, message, weight);
  }

  /** Why a child is not ready; empty if it is. */
  static Optional<Finding> of(ChildHealth health) {
    if (health instanceof ChildHealth.Refused refused) {
      return Optional.of(fails(refused.reason(), refused.message(), Weight.USER));
    }
    return health instanceof ChildHealth.Progressing progressing
        ? Optional.of(fails(progressing.reason(), progressing.message(), Weight.WAIT))
        : Optional.empty();
  }

  /** What a condition said before; empty if it said nothing that this release knows. */
  static Optional<Finding> of(Condition previous) {
    Reason reason = REASONS.get(previous.getReason());
    return reason == null
        ? Optional.empty()
        : Optional.of(
            new Finding(previous.getStatus(), reason, previous.getMessage(), Weight.NOTED));
  }

  boolean isTrue() {
    return status.equals(TRUE);
  }

  Finding weighing(Weight other) {
    return new Finding(status, reason, message, other);
  }
}
