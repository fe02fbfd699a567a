package dev.millrace.spark.label;

import java.util.Map;
import java.util.TreeMap;

/**
 * The label topic as found.
 *
 * @param topicId Kafka's id of the topic
 * @param retained retained offsets per partition, up to the last stable one
 */
public record LabelTopicState(String topicId, Map<Integer, LabelOffsets> retained) {
  public LabelTopicState {
    retained = new TreeMap<>(retained);
  }
}
