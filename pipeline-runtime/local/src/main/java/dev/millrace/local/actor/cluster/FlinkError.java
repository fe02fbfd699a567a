package dev.millrace.local.actor.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * The field {@code error} as JSON (neighbours.md §2.5): fields cut at 2048 characters, at most two
 * causes.
 */
final class FlinkError {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PACKAGE = "org.apache.flink.kubernetes.operator.exception.";
  private static final int LONGEST = 2048;
  private static final int MOST_CAUSES = 2;

  private FlinkError() {}

  /** An exception of the operator's own. */
  static String operator(String type, String message, List<String> causes) {
    return of(PACKAGE + type, message, Map.of(), causes);
  }

  /** A pod that cannot start, with the reason of its container. */
  static String pod(String reason, String message) {
    return of(
        PACKAGE + "DeploymentFailedException",
        "[flink-main-container] " + message,
        Map.of("reason", reason),
        List.of());
  }

  /**
   * An exception of the job.
   *
   * @param causes outermost first, each as {@code class: message}
   */
  static String job(List<String> causes) {
    String first = causes.isEmpty() ? "unknown" : causes.get(0);
    return of(
        type(first),
        message(first),
        Map.of(),
        causes.subList(Math.min(1, causes.size()), causes.size()));
  }

  private static String of(
      String type, String message, Map<String, String> metadata, List<String> causes) {
    ObjectNode error = MAPPER.createObjectNode();
    error.put("type", cut(type)).put("message", cut(message));
    ObjectNode additional = error.putObject("additionalMetadata");
    metadata.forEach(additional::put);
    ArrayNode list = error.putArray("throwableList");
    for (String cause : causes.subList(0, Math.min(MOST_CAUSES, causes.size()))) {
      list.addObject()
          .put("type", cut(type(cause)))
          .put("message", cut(message(cause)))
          .putObject("additionalMetadata");
    }
    return error.toString();
  }

  private static String type(String cause) {
    int colon = cause.indexOf(": ");
    return colon < 0 ? cause : cause.substring(0, colon);
  }

  private static String message(String cause) {
    int colon = cause.indexOf(": ");
    return colon < 0 ? "" : cause.substring(colon + 2);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
