package dev.millrace.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * How kstatus judges a custom resource, which is what Flux, kpt and Helm 4 wait on: our own lines
 * after the algorithm of {@code kubernetes-sigs/cli-utils, pkg/kstatus/status} (commit of
 * 2025-10-21), without its rules for built-in kinds. In order: deletion, generation, the first of
 * Reconciling and Stalled that is True in list order, Ready, otherwise current.
 */
public final class Kstatus {
  /** The verdicts kstatus has for an object that exists. */
  public enum Status {
    IN_PROGRESS,
    FAILED,
    CURRENT,
    TERMINATING
  }

  /** Verdict and the line beside it. */
  public record Result(Status status, String message) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private Kstatus() {}

  /** Verdict on an object as a tree of maps, lists and scalars. */
  public static Result of(Map<String, ?> object) {
    return of(JSON.<JsonNode>valueToTree(object));
  }

  /** Verdict on a whole object ({@code apiVersion}, {@code kind}, {@code metadata}, …). */
  public static Result of(JsonNode object) {
    if (!object.at("/metadata/deletionTimestamp").asText("").isEmpty()) {
      return new Result(Status.TERMINATING, "Resource scheduled for deletion");
    }
    var generation = object.at("/metadata/generation");
    var observed = object.at("/status/observedGeneration");
    // kstatus lets an object without either field pass: our CRDs default the second to -1.
    if (generation.isNumber()
        && observed.isNumber()
        && generation.longValue() != observed.longValue()) {
      return new Result(
          Status.IN_PROGRESS,
          "%s generation is %d, but latest observed generation is %d"
              .formatted(
                  object.path("kind").asText(), generation.longValue(), observed.longValue()));
    }
    return ofConditions(object.at("/status/conditions"));
  }

  private static Result ofConditions(JsonNode conditions) {
    for (var condition : conditions) {
      if (is(condition, "Reconciling", "True")) {
        return new Result(Status.IN_PROGRESS, message(condition));
      }
      if (is(condition, "Stalled", "True")) {
        return new Result(Status.FAILED, message(condition));
      }
    }
    for (var condition : conditions) {
      if (is(condition, "Ready", "True")) {
        return new Result(Status.CURRENT, "Resource is Ready");
      }
      if (is(condition, "Ready", "False") || is(condition, "Ready", "Unknown")) {
        return new Result(Status.IN_PROGRESS, message(condition));
      }
    }
    return new Result(Status.CURRENT, "Resource is current");
  }

  private static boolean is(JsonNode condition, String type, String status) {
    return condition.path("type").asText().equals(type)
        && condition.path("status").asText().equals(status);
  }

  private static String message(JsonNode condition) {
    return condition.path("message").asText("");
  }
}
