package dev.millrace.operator.controller.event;

import dev.millrace.contract.Reason;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * An Event that is to be recorded. Two with equal reason and object are the same Event: the second
 * raises its count.
 *
 * @param reason word of a {@link Reason}
 * @param object what it names: a child, a field, or the condition
 * @param message for people, at most {@value #LONGEST_MESSAGE} characters
 */
public record PlannedEvent(Type type, String reason, String object, String message) {
  /** What the API server takes. */
  public static final int LONGEST_MESSAGE = 1024;

  /** Types of core/v1 Events. */
  public enum Type {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** What asks for nobody's attention (experience.md §2); every other reason is a Warning. */
  private static final Set<Reason> NORMAL =
      EnumSet.of(
          Reason.PLAN_ACCEPTED,
          Reason.ROLLOUT_STARTED,
          Reason.BECAME_READY,
          Reason.SUSPENDED,
          Reason.RESUMED,
          Reason.RUN_PUBLISHED,
          Reason.VERSION_SWITCHED,
          Reason.ADOPTED,
          Reason.RETAINED,
          Reason.PARTITIONS_ADDED);

  public PlannedEvent {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(object, "object");
    message = cut(message);
  }

  static PlannedEvent of(Reason reason, String object, String message) {
    Type type = NORMAL.contains(reason) ? Type.NORMAL : Type.WARNING;
    return new PlannedEvent(type, reason.text(), object, message);
  }

  private static String cut(String message) {
    if (message.length() <= LONGEST_MESSAGE) {
      return message;
    }
    int end = LONGEST_MESSAGE - 1;
    return message.substring(0, Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }
}
