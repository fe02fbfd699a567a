package dev.millrace.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.local.LocalFailure;
import dev.millrace.local.actor.TopicOperator;
import dev.millrace.local.process.FreePort;
import io.strimzi.api.kafka.model.topic.KafkaTopicBuilder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker with the topic operator's actor, and the bundled redis-server. */
class ServicesIT {
  @TempDir Path folder;

  @Test
  void createsTopicsAsStrimziDoesAndKeepsThemOverARestart() throws Exception {
    var topic =
        new KafkaTopicBuilder()
            .withNewMetadata()
            .withName("shop-sales-1a2b3c4d")
            .endMetadata()
            .withNewSpec()
            .withTopicName("shop.sales")
            .withPartitions(2)
            .withReplicas(3)
            .withConfig(Map.of("message.timestamp.type", "LogAppendTime"))
            .endSpec()
            .build();
    String id;
    try (var broker = broker();
        var operator =
            new TopicOperator(broker.bootstrapServers(), TopicOperator.Rules.ONE_BROKER)) {
      var ready = (TopicOperator.Outcome.Ready) operator.reconcile(topic);
      assertThat(ready.topic()).isEqualTo("shop.sales");
      assertThat(ready.note()).contains("3 replicas became 1");
      id = ready.topicId();
      topic.getSpec().setPartitions(4);
      assertThat(operator.reconcile(topic)).isInstanceOf(TopicOperator.Outcome.Ready.class);
      topic.getSpec().setPartitions(1);
      assertThat(operator.reconcile(topic))
          .isEqualTo(
              new TopicOperator.Outcome.NotReady(
                  "shop.sales", id, "NotSupported", "Decreasing partitions not supported"));
    }
    topic.getSpec().setPartitions(4);
    try (var broker = broker();
        var operator =
            new TopicOperator(broker.bootstrapServers(), TopicOperator.Rules.ONE_BROKER)) {
      var ready = (TopicOperator.Outcome.Ready) operator.reconcile(topic);
      assertThat(ready.topicId()).isEqualTo(id);
      topic.getSpec().setConfig(Map.of("foo", "1"));
      topic.getSpec().setTopicName("shop.other");
      assertThat(operator.reconcile(topic))
          .isInstanceOfSatisfying(
              TopicOperator.Outcome.NotReady.class,
              refused -> assertThat(refused.message()).contains("Unknown topic config name: foo"));
      topic.getMetadata().setAnnotations(Map.of("strimzi.io/managed", "false"));
      assertThat(operator.reconcile(topic)).isInstanceOf(TopicOperator.Outcome.Unmanaged.class);
    }
  }

  @Test
  void startsARealRedis() throws Exception {
    int port = FreePort.of(0, "--redis-port");
    try (var redis = RedisStore.start(folder.resolve("redis"), port, folder.resolve("redis.log"))) {
      assertThat(redis.port()).isEqualTo(port);
    }
    assertThat(FreePort.of(port, "--redis-port")).isEqualTo(port);
  }

  @Test
  void saysInOneLineWhichPortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> FreePort.of(port, "--redis-port"))
          .isInstanceOf(LocalFailure.class)
          .hasMessage(
              "port " + port + " is in use; stop its owner or choose another with --redis-port");
    }
  }

  private KafkaBroker broker() throws Exception {
    return KafkaBroker.start(
        folder.resolve("kafka"),
        FreePort.of(0, "--kafka-port"),
        FreePort.of(0, "--kafka-port"),
        line -> {
          throw new AssertionError(line);
        });
  }
}
