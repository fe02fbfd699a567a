package dev.millrace.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.millrace.v1alpha1.FeaturePipelineStatus;
import dev.millrace.v1alpha1.LabelWindowStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/**
 * Whether a status is worth a write (experience.md §2): a change of condition, count, hash or child
 * is at once; watermark, checkpoint and accounting ride along, and alone wait for ten minutes.
 */
public final class StatusWrites {
  /** Watermark, checkpoint and accounting alone are not written sooner after the last write. */
  public static final Duration SHORTEST = Duration.ofMinutes(10);

  private static final List<String> RIDING_ALONG =
      List.of("lastCheckpoint", "watermark", "accounting", "replayed");

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private StatusWrites() {}

  /**
   * Judges.
   *
   * @param previous the stored status; null before any
   * @param lastWrite when this process wrote it last, or began if it never did
   */
  public static boolean worthWriting(
      FeaturePipelineStatus previous, FeaturePipelineStatus next, Instant lastWrite, Instant now) {
    return worth(previous, next, lastWrite, now);
  }

  /** The same of a LabelWindow. */
  public static boolean worthWriting(
      LabelWindowStatus previous, LabelWindowStatus next, Instant lastWrite, Instant now) {
    return worth(previous, next, lastWrite, now);
  }

  private static boolean worth(Object previous, Object next, Instant lastWrite, Instant now) {
    if (previous == null) {
      return true;
    }
    JsonNode before = compact(MAPPER.valueToTree(previous));
    JsonNode after = compact(MAPPER.valueToTree(next));
    if (before.equals(after)) {
      return false;
    }
    boolean ridesAlong = withoutRiders(before).equals(withoutRiders(after));
    return !ridesAlong || !now.isBefore(lastWrite.plus(SHORTEST));
  }

  /** Without what the server may leave out: nulls, empty lists, empty objects. */
  private static JsonNode compact(JsonNode node) {
    for (Iterator<JsonNode> members = node.iterator(); members.hasNext(); ) {
      JsonNode member = compact(members.next());
      boolean empty = member.isNull() || member.isContainerNode() && member.isEmpty();
      if (empty && node.isObject()) {
        members.remove();
      }
    }
    return node;
  }

  private static JsonNode withoutRiders(JsonNode status) {
    for (JsonNode job : status.path("jobs")) {
      if (job instanceof ObjectNode object) {
        object.remove(RIDING_ALONG);
      }
    }
    return status;
  }
}
