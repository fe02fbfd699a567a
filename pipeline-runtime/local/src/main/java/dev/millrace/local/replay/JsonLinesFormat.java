package dev.millrace.local.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.contract.EventSchema;
import java.nio.charset.StandardCharsets;

/** One JSON object a line, sent as it is, broken ones too: the job judges them. */
final class JsonLinesFormat implements LineFormat {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final EventSchema schema;
  private final String key;
  private final String time;

  JsonLinesFormat(EventSchema schema, String key, String time) {
    this.schema = schema;
    this.key = key;
    this.time = time;
  }

  @Override
  public RecordedEvent parse(String topic, String line) {
    byte[] value = line.getBytes(StandardCharsets.UTF_8);
    try {
      JsonNode object = MAPPER.readTree(line);
      JsonNode keyNode = key.isEmpty() ? null : object.path(key);
      byte[] keyBytes =
          keyNode == null || keyNode.isMissingNode() || keyNode.isNull()
              ? null
              : keyNode.asText().getBytes(StandardCharsets.UTF_8);
      return new RecordedEvent(
          topic, keyBytes, value, millis(object, time), millis(object, schema.eventTimeField()));
    } catch (JsonProcessingException e) {
      // Not swallowed: the record goes to Kafka and comes back as a dead letter with its reason.
      return new RecordedEvent(topic, null, value, EventTimes.UNREADABLE, EventTimes.UNREADABLE);
    }
  }

  private long millis(JsonNode object, String field) {
    return EventTimes.millis(object.path(field).asText(), schema.eventTimeUnit());
  }
}
