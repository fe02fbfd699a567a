package dev.millrace.operator.controller.event;

import java.util.Objects;

/**
 * An Event that is to be recorded. Two with equal reason and object are the same Event: the second
 * raises its count.
 *
 * @param reason a {@link EventReason} or a reason of a condition
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

  public PlannedEvent {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(object, "object");
    message = cut(message);
  }

  static PlannedEvent of(EventReason reason, String object, String message) {
    return new PlannedEvent(reason.type(), reason.text(), object, message);
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
