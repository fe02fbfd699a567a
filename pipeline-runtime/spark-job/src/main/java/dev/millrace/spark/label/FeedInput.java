package dev.millrace.spark.label;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a run reads of the label's topic or of a surrogate's.
 *
 * @param topic its name
 * @param topicId Kafka's id of it
 * @param offsets offsets read by this run, per partition
 */
public record FeedInput(String topic, String topicId, Map<Integer, LabelOffsets> offsets) {
  public FeedInput {
    offsets = new TreeMap<>(offsets);
  }
}
