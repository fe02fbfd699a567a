package dev.millrace.flink.stack;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The three topics of a pipeline. Record timestamps are the test's own (CreateTime). */
public final class TestTopics implements AutoCloseable {
  private final String bootstrapServers;
  private final String name;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  TestTopics(String bootstrapServers, String name) {
    this.bootstrapServers = bootstrapServers;
    this.name = name;
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    producer = producer(Map.of());
    var bytes = new ByteArrayDeserializer();
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                "false"),
            bytes,
            bytes);
  }

  /** Creates the topics of a pipeline on the stack's broker. */
  public static TestTopics create(JobStack stack, String name, int partitions) throws Exception {
    return create(stack.broker(), name, partitions);
  }

  /** Creates the topics of a pipeline on some broker. */
  static TestTopics create(EmbeddedBroker broker, String name, int partitions) throws Exception {
    var topics = new TestTopics(broker.bootstrapServers(), "test." + name);
    topics.create(partitions);
    return topics;
  }

  /** A producer with further settings; the caller closes it. */
  public KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    var properties = new HashMap<String, Object>(settings);
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("linger.ms", "5");
    properties.put("max.request.size", "20000000");
    properties.put("buffer.memory", "67108864");
    var bytes = new ByteArraySerializer();
    return new KafkaProducer<>(properties, bytes, bytes);
  }

  void create(int partitions) throws Exception {
    create(events(), partitions);
    create(late(), 1);
    create(dead(), 1);
  }

  public void create(String topic, int partitions) throws Exception {
    var config = Map.of("retention.ms", "-1", "max.message.bytes", "20000000");
    var sideTopic = Map.of("retention.ms", "-1");
    var created =
        new NewTopic(topic, partitions, (short) 1)
            .configs(topic.equals(events()) ? config : sideTopic);
    admin.createTopics(List.of(created)).all().get(30, TimeUnit.SECONDS);
  }

  public Admin admin() {
    return admin;
  }

  public String events() {
    return name;
  }

  public String late() {
    return name + ".late";
  }

  public String dead() {
    return name + ".dead";
  }

  /** Sends an event; {@link #flush} waits for it. */
  public void send(int partition, long arrival, String json) {
    byte[] value = json == null ? null : json.getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(events(), partition, arrival, null, value));
  }

  public void flush() {
    producer.flush();
  }

  /** End offset per partition of the events topic. */
  public Map<Integer, Long> endOffsets() {
    var result = new TreeMap<Integer, Long>();
    consumer.endOffsets(partitions(events())).forEach((p, end) -> result.put(p.partition(), end));
    return result;
  }

  /** Every record of a topic. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<TopicPartition> partitions = partitions(topic);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return records;
  }

  /** A header of a record as text. */
  public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  private List<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
    admin.close();
  }
}
