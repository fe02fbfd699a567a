package dev.millrace.local.replay;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends recorded files through Kafka, merged by their times. */
public final class Replay {
  private final String bootstrapServers;
  private final Map<String, TopicProgress> progress = new TreeMap<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /** What was sent to one topic. Written by the producer's thread, read after the replay. */
  public static final class TopicProgress {
    private final Map<Integer, Long> newestByPartition = new TreeMap<>();
    private long records;

    private synchronized void sent(int partition, long timeMillis) {
      records++;
      newestByPartition.merge(partition, timeMillis, Math::max);
    }

    /** Records that Kafka acknowledged. */
    public synchronized long records() {
      return records;
    }

    /** The newest event time of all, epoch milliseconds. */
    public synchronized long newestMillis() {
      return newestByPartition.values().stream().max(Long::compare).orElse(Long.MIN_VALUE);
    }

    /** The oldest of the partitions' newest event times, epoch milliseconds. */
    public synchronized long slowestPartitionMillis() {
      return newestByPartition.values().stream().min(Long::compare).orElse(Long.MIN_VALUE);
    }
  }

  public Replay(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Sends everything and waits until Kafka has it.
   *
   * @param injection applied to {@code disturbedTopic}
   */
  public void run(List<RecordedFile> files, String disturbedTopic, Injection injection)
      throws Exception {
    var queue =
        new PriorityQueue<RecordedFile>(Comparator.comparingLong(RecordedFile::nextSendMillis));
    files.stream().filter(RecordedFile::hasNext).forEach(queue::add);
    try (var producer = new KafkaProducer<byte[], byte[]>(configuration())) {
      while (!queue.isEmpty()) {
        RecordedFile file = queue.poll();
        RecordedEvent event = file.next();
        if (event.topic().equals(disturbedTopic)) {
          injection.pass(event).forEach(passed -> send(producer, passed));
        } else {
          send(producer, event);
        }
        if (file.hasNext()) {
          queue.add(file);
        }
      }
      injection.rest().forEach(passed -> send(producer, passed));
      producer.flush();
    }
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  /** Progress of a topic, live. */
  public synchronized TopicProgress progress(String topic) {
    return progress.computeIfAbsent(topic, name -> new TopicProgress());
  }

  private void send(KafkaProducer<byte[], byte[]> producer, RecordedEvent event) {
    TopicProgress topic = progress(event.topic());
    producer.send(
        new ProducerRecord<>(event.topic(), event.key(), event.value()),
        (metadata, error) -> {
          if (error != null) {
            failure.compareAndSet(null, error);
          } else {
            topic.sent(metadata.partition(), event.eventMillis());
          }
        });
  }

  private Map<String, Object> configuration() {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrapServers,
        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class,
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class,
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
        true,
        ProducerConfig.LINGER_MS_CONFIG,
        20,
        ProducerConfig.BATCH_SIZE_CONFIG,
        1 << 17);
  }
}
