package dev.millrace.operator.observe;

/**
 * What is expected of a KafkaTopic.
 *
 * @param cluster Strimzi cluster whose topic operator is to answer
 * @param path field path of the topic in the spec, for next steps: {@code spec.source.topic}
 */
public record TopicExpectation(String cluster, String path) {
  /** Topics of a FeaturePipeline: events, late and dead. */
  public static TopicExpectation ofPipeline(String cluster) {
    return new TopicExpectation(cluster, "spec.source.topic");
  }

  /** The label topic of a LabelWindow. */
  public static TopicExpectation ofLabel(String cluster) {
    return new TopicExpectation(cluster, "spec.label.source.topic");
  }
}
