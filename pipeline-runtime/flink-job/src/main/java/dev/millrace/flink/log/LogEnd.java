package dev.millrace.flink.log;

import dev.millrace.contract.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says off the task thread whether partitions are consumed: whether the position after the last
 * record the stamp has seen equals a {@code read_committed} end offset (semantics.md §2, The
 * clock).
 *
 * <p>Transaction markers and aborted records take offsets, so last offset + 1 may stay below the
 * end for ever. Where it does, a {@code read_committed} consumer of our own is put there: if it
 * finds no record and its position still comes to the end, there is nothing left to read. The
 * source's own position will not do: records it has fetched may not have reached the stamp.
 *
 * <p>A question that Kafka does not answer leaves no answer behind, and answers age: an outage is
 * not a quiet topic.
 */
final class LogEnd implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogEnd.class);

  /**
   * One answer.
   *
   * @param position next offset that was asked about
   * @param askedAtMillis when the question was sent, by this machine's clock
   */
  record Consumed(long position, long askedAtMillis) {}

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private final Thread thread;
  private final long periodMillis;
  private final Object changed = new Object();

  private volatile Map<Integer, Long> question = Map.of();
  private volatile Map<Integer, Consumed> answer = Map.of();
  private volatile int partitions;
  private volatile boolean closed;

  LogEnd(KafkaConnection kafka, String topic, long periodMillis) {
    var properties = new Properties();
    properties.putAll(kafka.settings());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "65536");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
    properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    var bytes = new ByteArrayDeserializer();
    consumer = new KafkaConsumer<>(properties, bytes, bytes);
    this.topic = topic;
    this.periodMillis = periodMillis;
    thread = new Thread(this::run, "log-end " + topic);
    thread.setDaemon(true);
  }

  /** First offset kept per partition; asked on the caller's thread, before {@link #start}. */
  Map<Integer, Long> firstOffsets() {
    return byPartition(consumer.beginningOffsets(allPartitions()));
  }

  /** End offset of committed records; asked on the caller's thread, before {@link #start}. */
  Map<Integer, Long> endOffsets() {
    return byPartition(consumer.endOffsets(allPartitions()));
  }

  void start() {
    thread.start();
  }

  /** Number of partitions of the topic as last seen. */
  int partitions() {
    return partitions;
  }

  /** Sets the next offsets of the partitions that are silent; asked about until replaced. */
  void ask(Map<Integer, Long> nextOffsets) {
    question = nextOffsets;
  }

  /** Last answer about a partition, or null. */
  Consumed consumed(int partition) {
    return answer.get(partition);
  }

  private void run() {
    try {
      while (!closed) {
        pause();
        askOnce();
      }
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
  }

  private void pause() {
    synchronized (changed) {
      try {
        if (!closed) {
          changed.wait(periodMillis);
        }
      } catch (InterruptedException e) {
        closed = true; // Nobody but a dying JVM interrupts this thread.
      }
    }
  }

  private void askOnce() {
    try {
      if (!closed) {
        partitions = Math.max(partitions, allPartitions().size());
        answer = answer(question);
      }
    } catch (WakeupException e) {
      LOG.debug("stopped while asking where {} ends", topic, e);
    } catch (KafkaException e) {
      LOG.warn("Kafka does not say where {} ends; silent partitions count as active", topic, e);
    }
  }

  private Map<Integer, Consumed> answer(Map<Integer, Long> asked) {
    if (asked.isEmpty()) {
      return Map.of();
    }
    long askedAtMillis = System.currentTimeMillis();
    var result = new HashMap<Integer, Consumed>();
    var unsure = new HashMap<TopicPartition, Long>();
    Map<TopicPartition, Long> ends = consumer.endOffsets(topicPartitions(asked.keySet()));
    ends.forEach(
        (partition, end) -> {
          long position = asked.get(partition.partition());
          if (position >= end) {
            result.put(partition.partition(), new Consumed(position, askedAtMillis));
          } else {
            unsure.put(partition, end);
          }
        });
    for (TopicPartition partition : unsure.keySet()) {
      long position = asked.get(partition.partition());
      if (holdsOnlyMarkers(partition, position, unsure.get(partition))) {
        result.put(partition.partition(), new Consumed(position, askedAtMillis));
      }
    }
    return result;
  }

  private boolean holdsOnlyMarkers(TopicPartition partition, long position, long end) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, position);
    for (int polls = 0; polls < 20 && !closed; polls++) {
      if (!consumer.poll(Duration.ofMillis(100)).isEmpty()) {
        return false;
      }
      if (consumer.position(partition) >= end) {
        return true;
      }
    }
    return false;
  }

  private List<TopicPartition> allPartitions() {
    var list = new ArrayList<TopicPartition>();
    consumer.partitionsFor(topic).forEach(p -> list.add(new TopicPartition(topic, p.partition())));
    partitions = Math.max(partitions, list.size());
    return list;
  }

  private List<TopicPartition> topicPartitions(Set<Integer> numbers) {
    var list = new ArrayList<TopicPartition>();
    numbers.forEach(number -> list.add(new TopicPartition(topic, number)));
    return list;
  }

  private static Map<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
    var result = new HashMap<Integer, Long>();
    offsets.forEach((partition, offset) -> result.put(partition.partition(), offset));
    return result;
  }

  @Override
  public void close() {
    closed = true;
    if (!thread.isAlive()) {
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
      return;
    }
    consumer.wakeup();
    synchronized (changed) {
      changed.notifyAll();
    }
  }
}
