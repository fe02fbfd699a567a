package dev.millrace.operator.plan;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Kafka's ids of the topics that a resource manages, as they were first seen. A topic that has
 * another id, or none any more, has lost its records: it is never replaced by an empty one in
 * silence (reliability.md §2, L6).
 *
 * @param byTopic id by KafkaTopic, {@code namespace/name}
 */
public record TopicIds(SortedMap<String, String> byTopic) {
  /** No topic has been seen. */
  public static final TopicIds NONE = new TopicIds(new TreeMap<>());

  /** Stands for the id of a topic that was there before, without anybody knowing its id. */
  public static final String UNKNOWN = "unknown";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  public TopicIds {
    byTopic = Collections.unmodifiableSortedMap(new TreeMap<>(byTopic));
  }

  /** The id that a KafkaTopic's topic had; empty before it was seen. */
  public Optional<String> of(String topic) {
    return Optional.ofNullable(byTopic.get(topic));
  }

  /**
   * The same of the topics that are managed now, with those that were seen for the first time.
   *
   * @param seen id by KafkaTopic of each managed topic; an empty one where none is known
   */
  public TopicIds with(Map<String, String> seen) {
    var ids = new TreeMap<String, String>();
    seen.forEach(
        (topic, id) -> {
          String known = byTopic.getOrDefault(topic, "");
          boolean firstSeen = known.isEmpty() || known.equals(UNKNOWN) && !id.isEmpty();
          ids.put(topic, firstSeen ? id : known);
        });
    ids.values().removeIf(String::isEmpty);
    return new TopicIds(ids);
  }

  static TopicIds parse(String json) throws JsonProcessingException {
    TreeMap<String, String> ids = MAPPER.readValue(json, new TypeReference<>() {});
    if (ids == null || ids.containsValue(null)) {
      throw new JsonParseException(null, "not a map of texts");
    }
    return new TopicIds(ids);
  }

  String json() {
    try {
      return MAPPER.writeValueAsString(byTopic);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts can be written", e);
    }
  }
}
