package dev.millrace.operator.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Trees of what other software wrote: whatever shape it has, reading it never throws. */
final class Untyped {
  private static final int NESTING = 64;
  private static final int STRING = 1 << 20;
  private static final int NUMBER = 64;
  private static final long LATEST_MILLIS = 253_402_300_799_999L;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(NESTING)
                          .maxStringLength(STRING)
                          .maxNumberLength(NUMBER)
                          .build())
                  .build())
          .build();

  private Untyped() {}

  /** The status of an object; missing if it has none. */
  static JsonNode status(GenericKubernetesResource object) {
    Object status = object.getAdditionalProperties().get("status");
    return status == null ? MissingNode.getInstance() : MAPPER.valueToTree(status);
  }

  /** A body; missing if it is too long or no JSON. */
  static JsonNode json(byte[] body, int limit) {
    if (body == null || body.length > limit) {
      return MissingNode.getInstance();
    }
    try {
      JsonNode tree = MAPPER.readTree(body);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (IOException e) {
      return MissingNode.getInstance(); // Another tenant's words: the caller says what is missing.
    }
  }

  /** A text as JSON; missing if it is none. */
  static JsonNode json(String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (IOException e) {
      return MissingNode.getInstance(); // Plain text, which the caller then takes as such.
    }
  }

  /** A time in epoch milliseconds, as number or text; empty if it is none. */
  static Optional<Instant> millis(JsonNode node) {
    long millis = node.isTextual() ? number(node.textValue()) : node.asLong(-1);
    return millis > 0 && millis <= LATEST_MILLIS
        ? Optional.of(Instant.ofEpochMilli(millis))
        : Optional.empty();
  }

  /** When an object was created; the epoch if nobody says. */
  static Instant createdAt(HasMetadata object) {
    return instant(object.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH);
  }

  /** A time as Kubernetes writes it. */
  static Optional<Instant> instant(String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty(); // Not a time, so nobody said when.
    }
  }

  static long generation(HasMetadata object) {
    Long generation = object.getMetadata().getGeneration();
    return generation == null ? 0 : generation;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1; // Not a number, so no time.
    }
  }
}
