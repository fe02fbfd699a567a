package dev.millrace.flink.log;

import dev.millrace.contract.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Where a version begins to archive (semantics.md §4). */
public final class ReplayStart implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();

  public ReplayStart(KafkaConnection kafka, String topic) {
    var bytes = new ByteArrayDeserializer();
    var properties = new HashMap<String, Object>(kafka.settings());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4096);
    consumer = new KafkaConsumer<>(properties, bytes, bytes);
    consumer
        .partitionsFor(topic)
        .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
  }

  /** First offset kept per partition: where the first version of a topic begins. */
  public Map<Integer, Long> firstOffsets() {
    return byPartition(consumer.beginningOffsets(partitions));
  }

  /**
   * First offsets whose record arrived at least {@code spanMillis} after its partition's first:
   * what lies before only fills state and ids beside an older version.
   */
  public Map<Integer, Long> offsetsAfter(long spanMillis) {
    var ends = consumer.endOffsets(partitions);
    var from = new HashMap<Integer, Long>(byPartition(ends));
    var query = new HashMap<TopicPartition, Long>();
    firstArrivals().forEach((partition, first) -> query.put(partition, first + spanMillis));
    for (var found : consumer.offsetsForTimes(query).entrySet()) {
      OffsetAndTimestamp at = found.getValue();
      if (at != null) {
        from.put(found.getKey().partition(), at.offset());
      }
    }
    return from;
  }

  private Map<TopicPartition, Long> firstArrivals() {
    var arrivals = new HashMap<TopicPartition, Long>();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long until = System.nanoTime() + PATIENCE.toNanos();
      while (!arrivals.containsKey(partition)
          && consumer.position(partition) < ends.get(partition)
          && System.nanoTime() < until) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          arrivals.putIfAbsent(partition, record.timestamp());
        }
      }
    }
    return arrivals;
  }

  private static Map<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
    var result = new HashMap<Integer, Long>();
    offsets.forEach((partition, offset) -> result.put(partition.partition(), offset));
    return result;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
