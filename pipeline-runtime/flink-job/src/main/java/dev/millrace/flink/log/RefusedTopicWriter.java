package dev.millrace.flink.log;

import dev.millrace.contract.KafkaConnection;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.flink.type.RawRecord;
import dev.millrace.flink.type.RefusedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes refused records with their key, value and origin. A value beyond {@link #VALUE_LIMIT} is
 * cut there, with its full size in the header {@code truncated}: the topic's own limit (1 MB unless
 * its owner raised it) must never stop the job, and the whole record is still in the events topic.
 */
final class RefusedTopicWriter implements SinkWriter<RefusedRecord> {
  /** Longest value written whole: 512 KiB. */
  static final int VALUE_LIMIT = 512 * 1024;

  /** Longest key written whole: 64 KiB. */
  static final int KEY_LIMIT = 64 * 1024;

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private volatile Exception failure;

  RefusedTopicWriter(KafkaConnection kafka, String topic) {
    this.topic = topic;
    var properties = new Properties();
    properties.putAll(kafka.settings());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "20");
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(3 * VALUE_LIMIT));
    var bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(properties, bytes, bytes);
  }

  @Override
  public void write(RefusedRecord refused, Context context) {
    failIfRefused();
    RawRecord record = refused.record();
    var out =
        new ProducerRecord<>(topic, cut(record.key(), KEY_LIMIT), cut(record.value(), VALUE_LIMIT));
    header(out, "reason", refused.reason());
    header(out, "partition", Integer.toString(record.partition()));
    header(out, "offset", Long.toString(record.offset()));
    header(out, "timestamp", Long.toString(record.timestamp()));
    if (length(record.value()) > VALUE_LIMIT || length(record.key()) > KEY_LIMIT) {
      header(out, "truncated", Integer.toString(length(record.value())));
    }
    try {
      producer.send(
          out,
          (metadata, error) -> {
            if (error != null) {
              failure = error;
            }
          });
    } catch (KafkaException e) {
      failure = e;
      failIfRefused();
    }
  }

  @Override
  public void flush(boolean endOfInput) {
    producer.flush();
    failIfRefused();
  }

  private void failIfRefused() {
    if (failure != null) {
      throw new MillraceFailure(
          Reason.SIDE_OUTPUT_BLOCKED,
          "topic " + topic + " cannot be written: " + failure.getMessage(),
          failure);
    }
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static byte[] cut(byte[] bytes, int limit) {
    return length(bytes) > limit ? Arrays.copyOf(bytes, limit) : bytes;
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
