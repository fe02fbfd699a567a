package dev.millrace.crds.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.crds.admission.Refusal.Cause;

/**
 * One entry of {@code x-kubernetes-validations}.
 *
 * @param rule CEL condition over self, and oldSelf for a transition
 * @param message text when it is false; empty when there is only an expression for it
 * @param messageExpression CEL text when it is false; empty when there is only a message
 * @param fieldPath path below self, with its leading dot; empty for self
 * @param cause kind of the error
 */
record RuleText(
    String rule, String message, String messageExpression, String fieldPath, Cause cause) {
  static RuleText of(JsonNode json) {
    return new RuleText(
        json.path("rule").asText(),
        json.path("message").asText(),
        json.path("messageExpression").asText(),
        json.path("fieldPath").asText(),
        cause(json.path("reason").asText()));
  }

  /** Whether the rule compares with the old object and so does not apply without one. */
  boolean isTransition() {
    return rule.contains("oldSelf");
  }

  /** What the server calls the rule in an error of its evaluation. */
  String called() {
    return message.isEmpty() ? rule : message;
  }

  private static Cause cause(String reason) {
    return switch (reason) {
      case "", "FieldValueInvalid" -> Cause.INVALID;
      case "FieldValueRequired" -> Cause.REQUIRED;
      case "FieldValueForbidden" -> Cause.FORBIDDEN;
      default -> throw new IllegalArgumentException("reason " + reason + " is not implemented");
    };
  }
}
