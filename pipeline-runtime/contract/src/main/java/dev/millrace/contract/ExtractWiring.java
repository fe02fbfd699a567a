package dev.millrace.contract;

/**
 * Where an extract reads labels and writes its training set.
 *
 * @param bootstrapServers Kafka addresses of the label topic
 * @param kafkaTlsFolder folder of certificates as in {@link KafkaConnection}; empty for plaintext
 * @param labelTopic label topic as named in Kafka
 * @param location folder of this LabelWindow, as a URI: {@code
 *     <location>/<namespace>/labelwindows/<name>}
 */
public record ExtractWiring(
    String bootstrapServers, String kafkaTlsFolder, String labelTopic, String location) {
  /** The same with another topic of the same Kafka. */
  public ExtractWiring ofTopic(String topic) {
    return new ExtractWiring(bootstrapServers, kafkaTlsFolder, topic, location);
  }

  /** How to reach Kafka. */
  public KafkaConnection kafka() {
    return new KafkaConnection(bootstrapServers, kafkaTlsFolder);
  }
}
