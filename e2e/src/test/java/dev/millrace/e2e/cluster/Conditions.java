package dev.millrace.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** What the conditions of an object say. */
public final class Conditions {
  private Conditions() {}

  /** The condition of a type; missing if there is none. */
  public static JsonNode condition(JsonNode object, String type) {
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  /** Whether a condition has a status at the current generation. */
  public static boolean is(JsonNode object, String type, String status) {
    JsonNode condition = condition(object, type);
    return condition.path("status").asText().equals(status)
        && condition.path("observedGeneration").equals(object.at("/metadata/generation"));
  }

  /** The same for a reason. */
  public static boolean is(JsonNode object, String type, String status, String reason) {
    return is(object, type, status) && reason(object, type).equals(reason);
  }

  /** Whether Ready is True for the current generation. */
  public static boolean isReady(JsonNode object) {
    return is(object, "Ready", "True");
  }

  /** The same for a reason. */
  public static boolean isReady(JsonNode object, String reason) {
    return is(object, "Ready", "True", reason);
  }

  /** Status of a condition; empty without one. */
  public static String status(JsonNode object, String type) {
    return condition(object, type).path("status").asText();
  }

  /** Reason of a condition; empty without one. */
  public static String reason(JsonNode object, String type) {
    return condition(object, type).path("reason").asText();
  }

  /** Message of a condition; empty without one. */
  public static String message(JsonNode object, String type) {
    return condition(object, type).path("message").asText();
  }

  /** All of them, the children and the generation, for messages. */
  public static String summary(JsonNode object) {
    var text = new StringBuilder();
    for (JsonNode condition : object.at("/status/conditions")) {
      text.append(
          "%n  %s=%s %s: %s"
              .formatted(
                  condition.path("type").asText(),
                  condition.path("status").asText(),
                  condition.path("reason").asText(),
                  condition.path("message").asText()));
    }
    return text.append(
            "%n  children %s%n  generation %s"
                .formatted(object.at("/status/children"), object.at("/metadata/generation")))
        .toString();
  }
}
