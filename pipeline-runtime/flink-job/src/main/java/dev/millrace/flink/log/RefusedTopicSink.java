package dev.millrace.flink.log;

import dev.millrace.contract.KafkaConnection;
import dev.millrace.flink.type.RefusedRecord;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * The late or the dead-letter topic: written at least once and never in a transaction, which Kafka
 * could abort after our checkpoint (reliability.md §4.3).
 */
public final class RefusedTopicSink implements Sink<RefusedRecord> {
  private static final long serialVersionUID = 1L;

  private final String bootstrapServers;
  private final String tlsFolder;
  private final String topic;

  public RefusedTopicSink(KafkaConnection kafka, String topic) {
    bootstrapServers = kafka.bootstrapServers();
    tlsFolder = kafka.tlsFolder();
    this.topic = topic;
  }

  @Override
  public SinkWriter<RefusedRecord> createWriter(WriterInitContext context) {
    return new RefusedTopicWriter(new KafkaConnection(bootstrapServers, tlsFolder), topic);
  }
}
