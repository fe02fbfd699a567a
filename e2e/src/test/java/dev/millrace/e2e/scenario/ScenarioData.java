package dev.millrace.e2e.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.e2e.platform.Platform;
import dev.millrace.e2e.platform.PlatformExtension;
import dev.millrace.local.actor.cluster.FlinkFault;
import dev.millrace.operator.desired.Names;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/**
 * The steps of a scenario that are about data: events in Kafka, values in Redis, files, faults of
 * the neighbours. Texts may hold {@code ${namespace}}, {@code ${topic:<name in Kafka>}} for the
 * name of a KafkaTopic, {@code ${now-30s}} for an instant in epoch milliseconds rounded to seconds,
 * and whatever was remembered.
 */
final class ScenarioData {
  /** How much more time everything gets than on a machine of its own: {@code -Dslowness=3}. */
  static final int SLOWNESS = Integer.getInteger("slowness", 1);

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");
  private static final Pattern NOW = Pattern.compile("now([-+][0-9]+)s");

  private final Scenario scenario;
  private final PlatformExtension extension;
  private final Platform platform;
  private final Map<String, String> remembered = new HashMap<>();
  private final long startSeconds = Instant.now().getEpochSecond();

  ScenarioData(Scenario scenario, PlatformExtension extension) {
    this.scenario = scenario;
    this.extension = extension;
    platform = extension.platform();
  }

  void step(String verb, JsonNode arguments) throws Exception {
    switch (verb) {
      case "produce" -> produce(arguments);
      case "topics" -> topics(arguments);
      case "redis" -> redis(arguments);
      case "files" -> files(arguments);
      case "flink" -> flink(arguments);
      default -> throw new IllegalArgumentException("unknown step " + verb);
    }
  }

  String resolve(String text) {
    Matcher matcher = VARIABLE.matcher(text);
    return matcher.replaceAll(match -> Matcher.quoteReplacement(variable(match.group(1))));
  }

  private String variable(String name) {
    if (name.equals("namespace")) {
      return extension.namespace();
    }
    if (name.startsWith("topic:")) {
      return Names.kafkaTopic(extension.namespace() + "." + name.substring("topic:".length()));
    }
    Matcher now = NOW.matcher(name);
    if (now.matches()) {
      return String.valueOf((startSeconds + Long.parseLong(now.group(1))) * 1000);
    }
    String value = remembered.get(name);
    if (value == null) {
      throw new IllegalArgumentException("nothing remembered as " + name);
    }
    return value;
  }

  /** Keeps fields of an object under names: {@code remember: {path: spec.nodeName as node}}. */
  void remember(JsonNode arguments, GenericKubernetesResource object) {
    arguments
        .path("remember")
        .properties()
        .forEach(
            entry -> {
              Object[] path = entry.getValue().asText().split("/");
              remembered.put(entry.getKey(), String.valueOf((Object) value(object, path)));
            });
  }

  private static Object value(GenericKubernetesResource object, Object[] path) {
    return switch (String.valueOf(path[0])) {
      case "uid" -> object.getMetadata().getUid();
      case "generation" -> object.getMetadata().getGeneration();
      case "resourceVersion" -> object.getMetadata().getResourceVersion();
      default -> object.get(path);
    };
  }

  /** {@code produce: {topic: payments.tx, file: events.jsonl}}: a record per line. */
  private void produce(JsonNode arguments) throws IOException {
    String topic = extension.namespace() + "." + arguments.path("topic").asText();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", platform.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      for (String line : resolve(scenario.text(arguments.path("file").asText())).lines().toList()) {
        if (!line.isBlank()) {
          producer.send(new ProducerRecord<>(topic, null, line));
        }
      }
      producer.flush();
    }
  }

  /** {@code topics: {exist: [payments.tx], absent: [payments.tx.late]}} in Kafka itself. */
  private void topics(JsonNode arguments) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              List<String> there = kafkaTopics();
              for (String name : names(arguments.path("exist"))) {
                Assertions.assertThat(there).contains(name);
              }
              for (String name : names(arguments.path("absent"))) {
                Assertions.assertThat(there).doesNotContain(name);
              }
            });
  }

  private List<String> kafkaTopics() throws InterruptedException, ExecutionException {
    try (var admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrapServers()))) {
      return List.copyOf(admin.listTopics().names().get());
    }
  }

  private List<String> names(JsonNode list) {
    var names = new ArrayList<String>();
    list.forEach(name -> names.add(extension.namespace() + "." + name.asText()));
    return names;
  }

  /** {@code redis: {key: …, match: {field: value}, within: 60s}}, or {@code absent: true}. */
  private void redis(JsonNode arguments) {
    int port =
        arguments.hasNonNull("port")
            ? Integer.parseInt(resolve(arguments.path("port").asText()))
            : platform.redisPort();
    RedisClient redis = RedisClient.create(RedisURI.create("127.0.0.1", port));
    try (var connection = redis.connect()) {
      if (arguments.has("command")) {
        command(connection.sync(), arguments.path("command"));
        return;
      }
      String key = resolve(arguments.path("key").asText());
      Awaitility.await()
          .atMost(Duration.ofSeconds((long) SLOWNESS * arguments.path("seconds").asInt(60)))
          .untilAsserted(
              () -> {
                Map<String, String> row = connection.sync().hgetall(key);
                if (arguments.path("absent").asBoolean()) {
                  Assertions.assertThat(row).as(key).isEmpty();
                } else {
                  Assertions.assertThat(row).as(key).isNotEmpty();
                }
                arguments
                    .path("match")
                    .properties()
                    .forEach(
                        entry ->
                            Assertions.assertThat(row)
                                .as(key)
                                .containsEntry(entry.getKey(), resolve(entry.getValue().asText())));
              });
    } finally {
      redis.shutdown();
    }
  }

  /** {@code redis: {command: [CONFIG, SET, maxmemory-policy, noeviction]}}. */
  private static void command(RedisCommands<String, String> redis, JsonNode words) {
    Assertions.assertThat(words.path(0).asText() + " " + words.path(1).asText())
        .isEqualTo("CONFIG SET");
    redis.configSet(words.path(2).asText(), words.path(3).asText());
  }

  /** {@code files: {below: featurepipelines/card-fraud, exist: true}} in the offline store. */
  private void files(JsonNode arguments) {
    var folder =
        platform
            .lake()
            .resolve(extension.namespace())
            .resolve(resolve(arguments.path("below").asText()));
    Awaitility.await()
        .atMost(Duration.ofSeconds((long) SLOWNESS * arguments.path("seconds").asInt(30)))
        .until(() -> hasFiles(folder) == arguments.path("exist").asBoolean());
  }

  private static boolean hasFiles(java.nio.file.Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    try (var files = Files.walk(folder)) {
      return files.anyMatch(Files::isRegularFile);
    }
  }

  /** {@code flink: {inject: REFUSE_SAVEPOINTS, deployment: card-fraud-v1}} or {@code heal: …}. */
  private void flink(JsonNode arguments) {
    var faults = platform.actors().flinkFaults();
    if (arguments.hasNonNull("inject")) {
      faults.inject(
          FlinkFault.valueOf(arguments.path("inject").asText()),
          extension.namespace(),
          resolve(arguments.path("deployment").asText()));
    } else {
      faults.heal(FlinkFault.valueOf(arguments.path("heal").asText()));
    }
  }
}
