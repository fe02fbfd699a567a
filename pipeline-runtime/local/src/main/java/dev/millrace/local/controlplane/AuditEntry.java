package dev.millrace.local.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Set;

/**
 * A finished request.
 *
 * @param user who asked, a service account as {@code system:serviceaccount:<namespace>:<name>}
 * @param verb such as {@code patch}
 * @param resource plural such as {@code configmaps}; the path for requests without a resource
 * @param namespace empty for resources of the cluster
 * @param name empty for lists, watches and creations
 * @param subresource such as {@code status}, or empty
 * @param code HTTP status of the answer, 0 when there was none
 * @param atEpochMillis when the answer was complete
 */
public record AuditEntry(
    String user,
    String verb,
    String resource,
    String namespace,
    String name,
    String subresource,
    int code,
    long atEpochMillis) {
  private static final Set<String> READS = Set.of("get", "list", "watch", "head", "options");

  /** Whether it was meant to change something, refused or not. */
  public boolean isWrite() {
    return !READS.contains(verb);
  }

  static AuditEntry of(JsonNode event) {
    JsonNode object = event.path("objectRef");
    return new AuditEntry(
        event.at("/user/username").asText(),
        event.path("verb").asText(),
        object.path("resource").asText(event.path("requestURI").asText()),
        object.path("namespace").asText(),
        object.path("name").asText(),
        object.path("subresource").asText(),
        event.at("/responseStatus/code").asInt(),
        Instant.parse(event.path("stageTimestamp").asText()).toEpochMilli());
  }
}
