package dev.millrace.flink.log;

import dev.millrace.contract.PipelineDocument;
import dev.millrace.flink.type.RawRecord;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The Kafka source of a pipeline's events. */
public final class EventLog {
  /** How often new partitions are looked for (reliability.md §4.3). */
  static final long DISCOVERY_MILLIS = 30_000;

  private EventLog() {}

  /**
   * Reads committed records of the topic from its first offset, later from checkpointed offsets.
   *
   * <p>A single record may be larger than a fetch: Kafka then hands it out alone, so {@code
   * max.partition.fetch.bytes} bounds memory, not the size of records.
   */
  public static KafkaSource<RawRecord> source(PipelineDocument document) {
    var connection = new Properties();
    connection.putAll(document.wiring().kafka().settings());
    return KafkaSource.<RawRecord>builder()
        .setProperties(connection)
        .setTopics(document.wiring().topic())
        .setGroupId(group(document))
        .setStartingOffsets(new FirstOffsets())
        .setDeserializer(new RawRecordSchema())
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .setProperty(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "4194304")
        .setProperty("partition.discovery.interval.ms", Long.toString(DISCOVERY_MILLIS))
        // Offsets are in checkpoints; a consumer group in Kafka would be a second truth.
        .setProperty("commit.offsets.on.checkpoint", "false")
        .build();
  }

  static String group(PipelineDocument document) {
    return "millrace."
        + document.namespace()
        + "."
        + document.pipeline()
        + ".v"
        + document.version();
  }
}
