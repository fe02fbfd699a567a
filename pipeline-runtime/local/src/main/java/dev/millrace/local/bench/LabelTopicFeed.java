package dev.millrace.local.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.local.process.FreePort;
import dev.millrace.local.service.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker with the workload's label events, each arrived at its own instant. */
final class LabelTopicFeed implements AutoCloseable {
  private static final String TOPIC = "labels";
  private static final short ONE_COPY = 1;

  private final KafkaBroker broker;

  /**
   * @param folder the broker's
   * @param labels folder of JSON lines
   */
  LabelTopicFeed(Path folder, Path labels) throws Exception {
    broker = KafkaBroker.start(folder, FreePort.of(0, ""), FreePort.of(0, ""), reason -> {});
    Map<String, Object> connection =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    try (Admin admin = Admin.create(connection)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, ONE_COPY).configs(KEPT))).all().get();
    }
    send(lines(labels));
  }

  /** Event times lie in the past: nothing may be taken for old. */
  private static final Map<String, String> KEPT = Map.of("retention.ms", "-1");

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  private void send(List<String> lines) throws IOException {
    var mapper = new ObjectMapper();
    var serializer = new ByteArraySerializer();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
            serializer,
            serializer)) {
      for (String line : lines) {
        long ts = mapper.readTree(line).get("ts").asLong();
        producer.send(new ProducerRecord<>(TOPIC, 0, ts, null, line.getBytes(UTF_8)));
      }
      producer.flush();
    }
  }

  private static List<String> lines(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      Path file = files.filter(each -> each.toString().endsWith(".txt")).findFirst().orElseThrow();
      return Files.readAllLines(file);
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
