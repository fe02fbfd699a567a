package dev.millrace.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the API server said.
 *
 * @param code HTTP status
 * @param body the object, list, table or Status
 */
public record Answer(int code, JsonNode body) {
  /** Whether the request was carried out. */
  public boolean isAccepted() {
    return code >= 200 && code < 300;
  }

  /** The object, when there is one; fails with the server's text when the request was refused. */
  public JsonNode accepted() {
    if (!isAccepted()) {
      throw new AssertionError("refused with " + code + ": " + body.path("message").asText());
    }
    return body;
  }
}
